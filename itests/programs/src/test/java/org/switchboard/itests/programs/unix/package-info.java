/** Services on Unix domain sockets. */
package org.switchboard.itests.programs.unix;
