/** The commands of {@code bin/switchboard}: what they answer, and with which exit status. */
package org.switchboard.itests.programs.verb;
