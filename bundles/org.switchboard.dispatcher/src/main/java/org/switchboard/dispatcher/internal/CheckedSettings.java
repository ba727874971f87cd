package org.switchboard.dispatcher.internal;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.osgi.service.log.Logger;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

/**
 * The settings as they were configured, each in its range. A value that does not fit is a finding, and its default counts: a
 * typo must not keep the server from serving.
 */
final class CheckedSettings implements DispatcherSettings {

    private final Map<String, ?> values;
    private final Logger log;
    private final String whiteboardAddress;
    private final int eventLoops;
    private final int blockingSessions;
    private final int buffers;
    private final int kernelBuffers;
    private final int retry;
    private final int providerWait;
    private final int replaceGrace;
    private final int drainTimeout;
    private final int admissionTimeout;
    private final int retirement;
    private final int idleTimeout;
    private final int faultLimit;
    private final int loopingStarts;

    CheckedSettings(Map<String, ?> values, Logger log) {
        this.values = values;
        this.log = log;
        whiteboardAddress = text("whiteboard.address", "127.0.0.1");
        eventLoops = number("event.loops", 0, 64, 0);
        blockingSessions = number("blocking.sessions", 1, 100_000, 512);
        buffers = number("buffer.kilobytes", 1, 1_048_576, 32_768);
        kernelBuffers = number("kernel.buffer.kilobytes", 1, 67_108_864, 131_072);
        retry = number("retry.seconds", 1, 3600, 5);
        providerWait = number("provider.wait.seconds", 0, 3600, 30);
        replaceGrace = number("replace.grace.seconds", 0, 3600, 10);
        retirement = number("retire.seconds", -1, 86_400, 10);
        drainTimeout = number("drain.timeout.seconds", 0, 86_400, 30);
        admissionTimeout = number("admission.timeout.seconds", 1, 3600, 60);
        idleTimeout = number("idle.timeout.seconds", 1, 86_400, 60);
        faultLimit = number("fault.limit", 0, 1000, 5);
        loopingStarts = number("looping.starts", 0, 1_000_000, 1000);
    }

    private String text(String key, String otherwise) {
        Object value = values.get(key);
        return value == null || value.toString().isBlank() ? otherwise : value.toString().strip();
    }

    private int number(String key, int least, int most, int otherwise) {
        String text = text(key, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // The same finding as for one that is out of range.
        }
        log.error("{}", Finding.error(new Origin(Dispatcher.PID, 0), "'" + key + "' must be a number from " + least + " to " + most
                + ", not '" + text + "'; " + otherwise + " is used"));
        return otherwise;
    }

    @Override
    public String whiteboard_address() {
        return whiteboardAddress;
    }

    @Override
    public int event_loops() {
        return eventLoops;
    }

    @Override
    public int blocking_sessions() {
        return blockingSessions;
    }

    @Override
    public int buffer_kilobytes() {
        return buffers;
    }

    @Override
    public int kernel_buffer_kilobytes() {
        return kernelBuffers;
    }

    @Override
    public int retry_seconds() {
        return retry;
    }

    @Override
    public int provider_wait_seconds() {
        return providerWait;
    }

    @Override
    public int replace_grace_seconds() {
        return replaceGrace;
    }

    @Override
    public int retire_seconds() {
        return retirement;
    }

    @Override
    public int drain_timeout_seconds() {
        return drainTimeout;
    }

    @Override
    public int admission_timeout_seconds() {
        return admissionTimeout;
    }

    @Override
    public int idle_timeout_seconds() {
        return idleTimeout;
    }

    @Override
    public int fault_limit() {
        return faultLimit;
    }

    @Override
    public int looping_starts() {
        return loopingStarts;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return DispatcherSettings.class;
    }
}
