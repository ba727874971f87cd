package org.switchboard.api.admission;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The entry options that an {@link AdmissionRule} or {@link SessionRule} owns: the service property {@code switchboard.admission.options}. An
 * option that nobody owns is a finding, in every dialect.
 */
@ComponentPropertyType
public @interface AdmissionOptions {

    /** Prefix of the property. */
    String PREFIX_ = "switchboard.";

    /** The name of the property, for code that reads it. */
    String PROPERTY = "switchboard.admission.options";

    /** The names of the options. */
    String[] value();
}
