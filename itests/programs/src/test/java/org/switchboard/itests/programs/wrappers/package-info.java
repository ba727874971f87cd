/** Who may connect, by hosts.allow and hosts.deny: through a real tcpd, and as the server itself reads them. */
package org.switchboard.itests.programs.wrappers;
