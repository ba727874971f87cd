/** Daemons that expect a super-server, each with its own client. */
package org.switchboard.itests.programs.daemons;
