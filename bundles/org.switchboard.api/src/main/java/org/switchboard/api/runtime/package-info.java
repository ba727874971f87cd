/**
 * The running server: a view of its services and sessions, and the verbs that change them.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("2.0.0")
package org.switchboard.api.runtime;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
