/**
 * The port registry: names, reservations, and who holds a port.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("1.0.0")
package org.switchboard.api.ports;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
