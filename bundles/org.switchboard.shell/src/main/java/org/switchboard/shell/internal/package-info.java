/** The commands of scope {@code inetd}, and the same commands for a launcher. */
package org.switchboard.shell.internal;
