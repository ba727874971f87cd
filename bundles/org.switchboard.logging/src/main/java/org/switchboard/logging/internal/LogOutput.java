package org.switchboard.logging.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.log.admin.LoggerAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.switchboard.posix.UnixDatagrams;

/**
 * Log records on standard error, or in syslog when the framework property {@code switchboard.syslog} is {@code true}; its
 * socket is {@code /dev/log}, or the framework property {@code switchboard.syslog.socket}.
 */
@Component(service = {}, immediate = true, configurationPid = "org.switchboard.logging")
@Designate(ocd = Config.class)
public final class LogOutput {

    private static final int CAPACITY = 4096;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final RecordQueue queue;
    private final Forwarding forwarding;

    @Activate
    public LogOutput(BundleContext context, Config config, @Reference LogReaderService reader, @Reference LoggerAdmin admin,
            @Reference UnixDatagrams datagrams) {
        boolean syslog = Boolean.parseBoolean(property(context, "switchboard.syslog"));
        queue = new RecordQueue(syslog ? syslog(context, datagrams) : standardError(), CAPACITY, InstantSource.system(), PATIENCE);
        Levels levels = Levels.of(config.level().isEmpty() ? property(context, "switchboard.log.level") : config.level(),
                config.levels().length == 0 ? List.of(property(context, "switchboard.log.levels").split(","))
                        : Arrays.asList(config.levels()));
        admin.getLoggerContext(null).setLogLevels(levels.levels());
        levels.complaints().forEach(text -> queue.add(new Record(Instant.now(), LogLevel.WARN, "logging", List.of(text))));
        forwarding = new Forwarding(reader, entry -> {
            if (levels.wants(entry)) {
                queue.add(Record.of(entry));
            }
        });
        queue.start();
        forwarding.start();
    }

    private static Sink standardError() {
        return new StandardError(System.err, ZoneId.systemDefault());
    }

    private static Sink syslog(BundleContext context, UnixDatagrams datagrams) {
        String path = Optional.of(property(context, "switchboard.syslog.socket")).filter(name -> !name.isEmpty()).orElse("/dev/log");
        return new Syslog(() -> datagrams.connect(path), standardError(), InstantSource.system(), ZoneId.systemDefault(),
                ProcessHandle.current().pid());
    }

    private static String property(BundleContext context, String name) {
        return Optional.ofNullable(context.getProperty(name)).orElse("");
    }

    @Deactivate
    void deactivate() {
        forwarding.close();
        queue.close();
    }
}
