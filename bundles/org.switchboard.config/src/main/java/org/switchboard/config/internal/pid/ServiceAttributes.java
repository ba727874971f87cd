package org.switchboard.config.internal.pid;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What a configuration of {@code org.switchboard.service} may say; described here, read by {@link EntryReader}. */
@ObjectClassDefinition(name = "Switchboard: a service", description = "One service of the internet super-server: where it "
        + "listens, and what serves it. Further keys are options of the service, as after a line of a configuration file.")
@interface ServiceAttributes {

    @AttributeDefinition(required = false, name = "Name", description = "A name of /etc/services, a port, or with protocol "
            + "'unix' the path of the socket. Without one, what stands behind the ~ of the PID.")
    String name();

    @AttributeDefinition(required = false, name = "Protocol", options = {@Option(value = "tcp"), @Option(value = "tcp4"),
        @Option(value = "tcp6"), @Option(value = "tcp46"), @Option(value = "udp"), @Option(value = "udp4"),
        @Option(value = "udp6"), @Option(value = "udp46"), @Option(value = "unix")},
            description = "tcp and udp serve IPv4 and IPv6 on a socket each, tcp46 and udp46 on one.")
    String protocol() default "tcp";

    @AttributeDefinition(required = false, name = "Socket type", options = {@Option("stream"), @Option("dgram")},
            description = "For Unix sockets only; the other protocols say it themselves.")
    String type();

    @AttributeDefinition(required = false, name = "Addresses",
            description = "Hosts or addresses to listen on, each a service of its own; none, or *, for every address.")
    String[] address() default {};

    @AttributeDefinition(required = false, name = "Port", type = AttributeType.INTEGER, min = "0", max = "65535",
            description = "The port, where the name does not say it; 0 lets the system choose.")
    int port();

    @AttributeDefinition(required = false, name = "Mode", options = {@Option("nowait"), @Option("wait")},
            description = "wait gives the program the listening or datagram socket itself.")
    String mode() default "nowait";

    @AttributeDefinition(required = false, name = "User",
            description = "As whom a program runs, and needed for one; - is the server's own user.")
    String user();

    @AttributeDefinition(required = false, name = "Group", description = "In place of the user's own group.")
    String group();

    @AttributeDefinition(required = false, name = "Provider",
            description = "What serves inside the server; without it and without a program, the provider called as the service.")
    String provider();

    @AttributeDefinition(required = false, name = "Program", description = "The absolute path of a program that serves.")
    String program();

    @AttributeDefinition(required = false, name = "argv[0]",
            description = "What the program is called in its own arguments; without it the last part of the path.")
    String argv0();

    @AttributeDefinition(required = false, name = "Arguments",
            description = "Of the provider, or of the program after argv[0]. A single text is cut at blanks; quotes keep words together.")
    String[] arguments() default {};

    @AttributeDefinition(required = false, name = "Enabled",
            description = "false closes the port, also that of a file or bundle which defines the same service.")
    boolean enabled() default true;

    @AttributeDefinition(required = false, name = "Sessions per minute", type = AttributeType.INTEGER, min = "0",
            description = "Option service_max: how many sessions are served in 60 seconds; on_limit says what happens then.")
    int service__max();

    @AttributeDefinition(required = false, name = "Sessions per minute and address", type = AttributeType.INTEGER, min = "0",
            description = "Option ip_max: the same for each source address.")
    int ip__max();

    @AttributeDefinition(required = false, name = "Connections per minute and address", type = AttributeType.INTEGER, min = "0",
            description = "Option cpm: the same with FreeBSD's way of counting.")
    int cpm();

    @AttributeDefinition(required = false, name = "Concurrent sessions",
            description = "Option instances: a number, or UNLIMITED; at that many clients wait in the queue of the port.")
    String instances();

    @AttributeDefinition(required = false, name = "Concurrent sessions of one address",
            description = "Option per_source: a number, or UNLIMITED; the next client from there is refused.")
    String per__source();

    @AttributeDefinition(required = false, name = "When service_max is reached", options = {@Option("terminate"),
        @Option("throttle"), @Option("queue")},
            description = "Option on_limit: the port closes for a while, clients are refused, or wait in the queue.")
    String on__limit();

    @AttributeDefinition(required = false, name = "Seconds closed", type = AttributeType.INTEGER, min = "1",
            description = "Option suspend_seconds: for how long the port closes at a limit.")
    int suspend__seconds();

    @AttributeDefinition(required = false, name = "Send buffer", description = "Option sndbuf: bytes, or with k or m behind it.")
    String sndbuf();

    @AttributeDefinition(required = false, name = "Receive buffer", description = "Option rcvbuf: bytes, or with k or m behind it.")
    String rcvbuf();

    @AttributeDefinition(required = false, name = "Backlog", type = AttributeType.INTEGER, min = "1",
            description = "Option backlog: how many clients may wait in the kernel's queue.")
    int backlog();

    @AttributeDefinition(required = false, name = "Owner of the Unix socket", description = "Option socket_user.")
    String socket__user();

    @AttributeDefinition(required = false, name = "Group of the Unix socket", description = "Option socket_group.")
    String socket__group();

    @AttributeDefinition(required = false, name = "Mode of the Unix socket", description = "Option socket_mode, in octal.")
    String socket__mode();

    @AttributeDefinition(required = false, name = "Environment", options = {@Option("laundered"), @Option("inherited"),
        @Option("tcpremote"), @Option("tcpremote-resolved")},
            description = "Option environment: what a program finds in its environment.")
    String environment();

    @AttributeDefinition(required = false, name = "Umask", description = "Option umask of a program, in octal.")
    String umask();

    @AttributeDefinition(required = false, name = "TCP wrappers",
            description = "Option tcp_wrappers: yes, no, or the daemon name to look for in /etc/hosts.allow and /etc/hosts.deny.")
    String tcp__wrappers();
}
