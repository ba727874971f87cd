/** A provider appears and its port opens; it disappears and the port closes. */
package org.switchboard.itests.felix.provider;
