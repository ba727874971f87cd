package org.switchboard.api.provider;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What every kind of provider is. A provider is an OSGi service of one kind or several ({@link StreamProvider},
 * {@link DatagramProvider}, {@link DescriptorProvider}, or the pipeline kind of {@code org.switchboard.netty}), named by
 * {@link ProviderName}.
 *
 * <p>The server holds the service reference and takes the object with the first session, so a delayed component costs
 * nothing until a client comes. Unregistering waits for running sessions, up to the drain timeout.
 */
@ConsumerType
public interface Provider {
}
