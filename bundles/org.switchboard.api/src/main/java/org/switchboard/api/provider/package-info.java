/**
 * What serves sessions: the interfaces that a provider bundle implements, and what it is handed.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("1.1.0")
package org.switchboard.api.provider;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
