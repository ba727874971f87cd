/** How the commands' values look on a terminal. */
package org.switchboard.shell.internal.print;
