package org.switchboard.api.provider;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name under which entries ask for a provider: the service property {@code switchboard.provider.name}. One object may
 * be registered for several kinds under one name; the entry's socket type picks the kind.
 */
@ComponentPropertyType
public @interface ProviderName {

    /** Prefix of the property. */
    String PREFIX_ = "switchboard.";

    /** The name of the property, for code that reads it. */
    String PROPERTY = "switchboard.provider.name";

    /** The name, as after {@code internal} in an inetd.conf. */
    String value();
}
