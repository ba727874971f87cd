/** The system calls, through a private copy of JNA, and the resident spawner. */
package org.switchboard.posix.internal;
