package org.switchboard.api.provider;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * A provider's own default endpoint: its port opens when the bundle starts and closes when it stops, without a line of
 * configuration. An entry with the same id from a file overrides it. Implies the provider's name.
 */
@ComponentPropertyType
public @interface InetService {

    /** Prefix of the properties: {@code switchboard.provider.name}, {@code switchboard.provider.port} and so on. */
    String PREFIX_ = "switchboard.provider.";

    String PORT_PROPERTY = "switchboard.provider.port";
    String PROTOCOL_PROPERTY = "switchboard.provider.protocol";
    String ADDRESS_PROPERTY = "switchboard.provider.address";

    /** The name of the service and of the provider. */
    String name();

    /** The port number. */
    int port();

    /** One or more protocols as in an inetd.conf: {@code tcp}, {@code udp6} … */
    String[] protocol() default "tcp";

    /**
     * The address to listen on; {@code *} for every address. Empty, the default, leaves it to the server's setting
     * {@code whiteboard.address}, which is the loopback unless changed.
     */
    String address() default "";
}
