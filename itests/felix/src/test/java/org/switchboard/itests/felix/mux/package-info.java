/** Services without a port of their own, reached by name through tcpmux. */
package org.switchboard.itests.felix.mux;
