/**
 * Service entries: what is configured, in whatever grammar it was written.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("1.2.0")
package org.switchboard.api.entry;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
