/** The port registry: names from services(5), reservations, who holds a port, and the merged map of names. */
package org.switchboard.ports.internal;
