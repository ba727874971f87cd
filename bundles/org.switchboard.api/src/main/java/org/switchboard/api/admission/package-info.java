/**
 * Who may connect, how many, and how often: rules that say admit, refuse or suspend, at once or after looking things up.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("1.2.0")
package org.switchboard.api.admission;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
