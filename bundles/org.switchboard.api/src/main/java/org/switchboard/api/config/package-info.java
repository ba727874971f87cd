/**
 * From text to running services: dialects, sources of entries, the service table.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("1.3.0")
package org.switchboard.api.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
