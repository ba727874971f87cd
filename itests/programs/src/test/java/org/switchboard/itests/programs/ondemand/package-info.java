/** What is not there before the first client, and not any more after the last one. */
package org.switchboard.itests.programs.ondemand;
