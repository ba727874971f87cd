/** What the commands do, for whatever shell they are typed at. */
package org.switchboard.shell.internal.verbs;
