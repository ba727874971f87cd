/** A port that another process holds. */
package org.switchboard.itests.programs.standalone;
