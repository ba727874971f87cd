/**
 * The few system calls that Java lacks, as services: sockets by descriptor, readiness of descriptors, datagrams to Unix sockets, users and groups,
 * and starting programs. They are registered on every system; where one is missing its methods throw
 * {@link org.switchboard.posix.PosixUnavailableException}, which says why.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
@Export
@Version("2.2.0")
package org.switchboard.posix;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
