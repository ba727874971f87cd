/** Bundles of the running server that are refreshed, updated, stopped. */
package org.switchboard.itests.programs.refresh;
