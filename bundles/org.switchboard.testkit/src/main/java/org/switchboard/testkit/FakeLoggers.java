package org.switchboard.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.osgi.service.log.LoggerFactory;

/** A logger factory that keeps every line, of every level, for a test to look at. Safe for use by several threads. */
public final class FakeLoggers implements LoggerFactory {

    /** One logged line. */
    public record Line(LogLevel level, String logger, String message, Optional<Throwable> thrown) {

        /** {@code WARN switchboard.access: text}. */
        @Override
        public String toString() {
            return level + " " + logger + ": " + message;
        }
    }

    private static final String NAME = "test";

    private final Map<String, Object> loggers = new ConcurrentHashMap<>();
    /** Guarded by itself, which is also notified of every new line. */
    private final List<Line> lines = new ArrayList<>();

    /** A logger for a class that wants one and whose name for it does not matter. */
    public Logger logger() {
        return getLogger(NAME);
    }

    /** All lines so far. */
    public List<Line> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The messages of that level so far. */
    public List<String> messages(LogLevel level) {
        return lines().stream().filter(line -> line.level() == level).map(Line::message).toList();
    }

    /** The first line that matches, waiting for it; an {@link AssertionError} that lists what was logged if none comes. */
    public Line await(Predicate<Line> wanted, Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        synchronized (lines) {
            while (true) {
                for (Line line : lines) {
                    if (wanted.test(line)) {
                        return line;
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("no such line within " + deadline + "; logged: " + lines);
                }
                lines.wait(left);
            }
        }
    }

    /** The first line whose message contains that text, waiting up to ten seconds for it. */
    public Line await(String text) throws InterruptedException {
        return await(line -> line.message().contains(text), Duration.ofSeconds(10));
    }

    @Override
    public Logger getLogger(String name) {
        return getLogger(name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName());
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> type) {
        Object logger = loggers.computeIfAbsent(type.getName() + " " + name, key -> Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> call(name, type, method, arguments)));
        return type.cast(logger);
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> loggerType) {
        return getLogger(type.getName(), loggerType);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> loggerType) {
        return getLogger(name, loggerType);
    }

    /** Every method of {@link Logger} is {@code getName}, {@code is…Enabled}, or named for a level. */
    private Object call(String name, Class<?> type, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return callObject(name, method, arguments);
        }
        if (method.getName().equals("getName")) {
            return name;
        }
        if (method.getReturnType() == boolean.class) {
            return true;
        }
        if (arguments[0] instanceof LoggerConsumer<?> block) {
            run(block, name, type);
            return null;
        }
        LogLevel level = LogLevel.valueOf(method.getName().toUpperCase(Locale.ROOT));
        Object[] details = arguments.length == 2 && arguments[1] instanceof Object[] several
                ? several : Arrays.copyOfRange(arguments, 1, arguments.length);
        add(level, name, String.valueOf(arguments[0]), details, type == FormatterLogger.class);
        return null;
    }

    private Object callObject(String name, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(name, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private <E extends Exception> void run(LoggerConsumer<E> block, String name, Class<?> type) throws E {
        block.accept(getLogger(name, (Class<? extends Logger>) type));
    }

    private void add(LogLevel level, String name, String format, Object[] details, boolean printf) {
        int last = details.length - 1;
        Optional<Throwable> thrown = last >= 0 && details[last] instanceof Throwable t ? Optional.of(t) : Optional.empty();
        String message = printf ? String.format(Locale.ROOT, format, details) : fill(format, details);
        synchronized (lines) {
            lines.add(new Line(level, name, message, thrown));
            lines.notifyAll();
        }
    }

    /** Puts the details in the places of the braces. Source: OSGi Compendium R7, 101.2. */
    private static String fill(String format, Object[] details) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Object detail : details) {
            int brace = format.indexOf("{}", from);
            if (brace < 0) {
                break;
            }
            text.append(format, from, brace).append(detail);
            from = brace + 2;
        }
        return text.append(format.substring(from)).toString();
    }
}
