/**
 * For tests of providers, rules and dialects: the contracts they must keep, fakes of what the server hands them, and a clock
 * moved by hand. Never shipped.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("1.0.0")
package org.switchboard.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
