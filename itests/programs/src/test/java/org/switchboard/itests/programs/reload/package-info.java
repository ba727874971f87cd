/** Edits of the configuration file under a running server. */
package org.switchboard.itests.programs.reload;
