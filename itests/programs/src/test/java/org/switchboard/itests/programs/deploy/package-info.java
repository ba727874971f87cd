/** Bundles come, go and are replaced while clients are there. */
package org.switchboard.itests.programs.deploy;
