/** Signals to the server. */
package org.switchboard.itests.programs.stop;
