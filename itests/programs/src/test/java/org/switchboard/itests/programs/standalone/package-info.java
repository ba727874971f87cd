/** Where a server listens: ports that another process holds, and the addresses of host names. */
package org.switchboard.itests.programs.standalone;
