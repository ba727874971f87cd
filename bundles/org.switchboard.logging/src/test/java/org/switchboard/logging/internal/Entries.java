package org.switchboard.logging.internal;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;

/** Log entries for tests. */
final class Entries {

    private Entries() {
    }

    static LogEntry entry(long sequence, LogLevel level, String logger, String message) {
        return of(Map.of("getSequence", sequence, "getLogLevel", level, "getLoggerName", logger, "getMessage", message, "getTime", 0L));
    }

    static LogEntry entry(LogLevel level, String message, Throwable thrown) {
        return of(Map.of("getSequence", 1L, "getLogLevel", level, "getLoggerName", "a.b.Listener", "getMessage", message, "getTime", 0L,
                "getException", thrown));
    }

    private static LogEntry of(Map<String, Object> values) {
        return (LogEntry) Proxy.newProxyInstance(Entries.class.getClassLoader(), new Class<?>[] {LogEntry.class},
                (proxy, method, arguments) -> values.get(method.getName()));
    }
}
