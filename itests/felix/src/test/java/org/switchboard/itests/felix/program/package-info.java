/** A program is started on the socket that the client is connected to. */
package org.switchboard.itests.felix.program;
