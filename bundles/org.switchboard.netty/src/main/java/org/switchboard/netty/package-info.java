/**
 * The extension point for providers that are Netty pipelines.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("1.0.0")
package org.switchboard.netty;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
