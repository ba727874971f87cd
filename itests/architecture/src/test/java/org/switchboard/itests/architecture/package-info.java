/** Guards of the architecture: who may know whom, and what things may be called. */
package org.switchboard.itests.architecture;
