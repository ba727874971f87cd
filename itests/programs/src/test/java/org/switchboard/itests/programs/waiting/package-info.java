/** Programs that take the listening socket or the datagram socket themselves. */
package org.switchboard.itests.programs.waiting;
