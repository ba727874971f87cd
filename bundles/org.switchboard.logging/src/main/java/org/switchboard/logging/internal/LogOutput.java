package org.switchboard.logging.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.log.admin.LoggerAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.switchboard.posix.UnixDatagrams;

/**
 * Log records on standard error, or in syslog when the framework property {@code switchboard.syslog} is {@code true}; its
 * socket is {@code /dev/log}, or the framework property {@code switchboard.syslog.socket}. When the program goes by the name
 * {@code inetd} (framework property {@code switchboard.program}), it says there what inetd says.
 */
@Component(service = {}, immediate = true, configurationPid = "org.switchboard.logging")
@Designate(ocd = Config.class)
public final class LogOutput {

    private static final String INETD = "inetd";
    private static final int CAPACITY = 4096;
    /** System property: how far the log has been written. When this is replaced, nothing is to be written twice. */
    private static final String PROGRESS = "org.switchboard.logging.progress.";
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final BundleContext context;
    private final LoggerAdmin admin;
    private final RecordQueue queue;
    private final Forwarding forwarding;
    private final String progress;
    private volatile Levels levels = Levels.of("", List.of());

    @Activate
    public LogOutput(BundleContext context, Config config, @Reference LogReaderService reader, @Reference LoggerAdmin admin,
            @Reference UnixDatagrams datagrams) {
        this.context = context;
        this.admin = admin;
        boolean syslog = Boolean.parseBoolean(property(context, "switchboard.syslog"));
        queue = new RecordQueue(syslog ? syslog(context, datagrams) : standardError(LogLevel.TRACE), CAPACITY, InstantSource.system(), PATIENCE);
        progress = PROGRESS + context.getProperty(Constants.FRAMEWORK_UUID);
        forwarding = new Forwarding(reader, entry -> {
            if (levels.wants(entry)) {
                queue.add(Record.of(entry));
            }
        }, Long.getLong(progress, -1));
        modified(config);
        queue.start();
        forwarding.start();
    }

    @Modified
    void modified(Config config) {
        List<String> single = new ArrayList<>(List.of(property(context, "switchboard.log.levels").split(",")));
        single.addAll(Arrays.asList(config.levels()));
        levels = Levels.of(config.level().isEmpty() ? property(context, "switchboard.log.level") : config.level(), single);
        admin.getLoggerContext(null).setLogLevels(levels.levels());
        levels.complaints().forEach(text -> queue.add(new Record(Instant.now(), LogLevel.WARN, "logging", List.of(text))));
    }

    private static Sink standardError(LogLevel least) {
        return new StandardError(System.err, ZoneId.systemDefault(), least);
    }

    private static Sink syslog(BundleContext context, UnixDatagrams datagrams) {
        String path = Optional.of(property(context, "switchboard.syslog.socket")).filter(name -> !name.isEmpty()).orElse("/dev/log");
        String ident = Optional.of(property(context, "switchboard.program")).filter(name -> !name.isEmpty()).orElse("switchboard");
        UnaryOperator<Record> words = ident.equals(INETD) ? new InetdWords(property(context, "switchboard.dialect"))::translated
                : UnaryOperator.identity();
        // Who starts a daemon from a terminal wants to know of trouble only.
        boolean daemon = Boolean.parseBoolean(property(context, "switchboard.daemon"));
        Sink fallback = standardError(daemon ? LogLevel.WARN : LogLevel.TRACE);
        return new Syslog(() -> datagrams.connect(path), fallback, InstantSource.system(), ZoneId.systemDefault(), ident,
                ProcessHandle.current().pid(), words);
    }

    private static String property(BundleContext context, String name) {
        return Optional.ofNullable(context.getProperty(name)).orElse("");
    }

    @Deactivate
    void deactivate() {
        forwarding.close();
        System.setProperty(progress, Long.toString(forwarding.last()));
        queue.close();
    }
}
