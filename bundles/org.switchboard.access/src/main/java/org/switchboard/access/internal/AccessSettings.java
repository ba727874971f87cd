package org.switchboard.access.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of TCP wrappers: PID {@code org.switchboard.access}. */
@ObjectClassDefinition(name = "Switchboard access",
        description = "Which files say who may connect to entries with the option tcp_wrappers.")
@interface AccessSettings {

    @AttributeDefinition(name = "Who is let in", description = "The file of hosts_access(5) that is looked through first; read again when it changes.")
    String allow_file() default "/etc/hosts.allow";

    @AttributeDefinition(name = "Who is kept out", description = "The file of hosts_access(5) that is looked through second.")
    String deny_file() default "/etc/hosts.deny";

    @AttributeDefinition(name = "Look-up timeout, seconds", min = "1", max = "300",
            description = "How long the name of a host may take; then it has none.")
    int lookup_timeout_seconds() default 10;
}
