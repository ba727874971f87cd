/** In the place of inetd: {@code bin/inetd} with the options, files, signals and messages that scripts and administrators know. */
package org.switchboard.itests.programs.inetd;
