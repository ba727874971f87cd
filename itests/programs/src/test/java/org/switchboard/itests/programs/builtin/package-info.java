/** The services that the server itself provides, as an inetd.conf names them, over real sockets. */
package org.switchboard.itests.programs.builtin;
