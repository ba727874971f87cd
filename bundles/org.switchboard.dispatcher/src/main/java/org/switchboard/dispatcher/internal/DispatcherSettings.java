package org.switchboard.dispatcher.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the dispatcher: PID {@code org.switchboard.dispatcher}. */
@ObjectClassDefinition(name = "Switchboard dispatcher",
        description = "How the server listens, waits for providers and comes to its end.")
@interface DispatcherSettings {

    @AttributeDefinition(name = "Address of the whiteboard",
            description = "Where providers listen that bring a port but no address of their own; * for every address.")
    String whiteboard_address() default "127.0.0.1";

    @AttributeDefinition(name = "Event loops", min = "0", max = "64",
            description = "Threads that accept and serve; 0 for one per processor, four at most.")
    int event_loops() default 0;

    @AttributeDefinition(name = "Blocking sessions", min = "1", max = "100000",
            description = "How many sessions of blocking providers may run at a time; past that, connections are closed.")
    int blocking_sessions() default 512;

    @AttributeDefinition(name = "Buffers, kilobytes", min = "1", max = "1048576",
            description = "What all sessions of providers inside the server may keep in buffers together, for clients that "
                    + "do not read; past that, the sessions that keep most are closed.")
    int buffer_kilobytes() default 32768;

    @AttributeDefinition(name = "Buffers of the kernel, kilobytes", min = "1", max = "67108864",
            description = "What the kernel may keep for TCP sessions of providers inside the server together; past "
                    + "that, the sessions it keeps most for, without progress, are closed. A quarter of what the "
                    + "kernel has for TCP at most.")
    int kernel_buffer_kilobytes() default 131072;

    @AttributeDefinition(name = "Retry, seconds", min = "1", max = "3600",
            description = "How often an entry that failed, or whose port somebody else holds, is tried again.")
    int retry_seconds() default 5;

    @AttributeDefinition(name = "Wait for a provider, seconds", min = "0", max = "3600",
            description = "How long clients wait in the queue of an open port while its provider is away.")
    int provider_wait_seconds() default 30;

    @AttributeDefinition(name = "Grace for replacement, seconds", min = "0", max = "3600",
            description = "How long the port of a hot-deployed provider stays open while its bundle is stopped or updated; "
                    + "that of an uninstalled one closes after two seconds.")
    int replace_grace_seconds() default 10;

    @AttributeDefinition(name = "Retirement of older versions, seconds", min = "-1", max = "86400",
            description = "How long the older of two versions of a provider bundle stays when the newer one has taken its place "
                    + "and its last session is over; then it is uninstalled. -1 leaves it installed.")
    int retire_seconds() default 10;

    @AttributeDefinition(name = "Drain timeout, seconds", min = "0", max = "86400",
            description = "How long running sessions may go on when their provider is updated or stopped.")
    int drain_timeout_seconds() default 30;

    @AttributeDefinition(name = "Admission timeout, seconds", min = "1", max = "3600",
            description = "How long rules that look something up may take about a client; then it is refused.")
    int admission_timeout_seconds() default 60;

    @AttributeDefinition(name = "Idle timeout, seconds", min = "1", max = "86400",
            description = "How long a provider is kept that serves nobody.")
    int idle_timeout_seconds() default 60;

    @AttributeDefinition(name = "Faults in a row", min = "0", max = "1000",
            description = "After how many sessions in a row that its provider failed a service is closed for a while: a second, "
                    + "and twice as long each time after that, up to ten minutes; 0 for never.")
    int fault_limit() default 5;

    @AttributeDefinition(name = "Starts in a row that took nothing", min = "0", max = "1000000",
            description = "After how many starts in a row of a program that ends without taking what waits on its "
                    + "socket a service is suspended for ten minutes; 0 for never. The limit of the entry itself "
                    + "comes first where it is smaller.")
    int looping_starts() default 1000;
}
