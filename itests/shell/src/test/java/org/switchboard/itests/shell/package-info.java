/** Somebody at a terminal uses {@code bin/switchboard shell}. */
package org.switchboard.itests.shell;
