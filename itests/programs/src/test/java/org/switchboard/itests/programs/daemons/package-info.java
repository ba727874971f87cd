/** Daemons that expect a super-server: rsync, git and tftp, each with its own client. */
package org.switchboard.itests.programs.daemons;
