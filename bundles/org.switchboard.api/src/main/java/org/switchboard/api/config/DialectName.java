package org.switchboard.api.config;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** The name of a {@link Dialect}: the service property {@code switchboard.dialect.name}. */
@ComponentPropertyType
public @interface DialectName {

    /** Prefix of the property. */
    String PREFIX_ = "switchboard.";

    /** The name of the property, for code that reads it. */
    String PROPERTY = "switchboard.dialect.name";

    String value();
}
