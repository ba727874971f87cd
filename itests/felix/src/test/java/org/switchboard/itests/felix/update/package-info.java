/** Bundles are updated while clients come, and nobody is turned away. */
package org.switchboard.itests.felix.update;
