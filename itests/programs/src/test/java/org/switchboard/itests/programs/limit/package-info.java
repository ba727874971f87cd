/** A service that is asked for too often stands back. */
package org.switchboard.itests.programs.limit;
