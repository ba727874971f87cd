package org.switchboard.launcher;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.SecureRandom;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Initialises, on a processor that is idle at that time, what the start of the server needs later. Nothing depends on it: what
 * it does not reach, or cannot initialise, is initialised where it is needed.
 */
final class WarmUp {

    private static final Map<String, List<String>> CLASSES = Map.of(
            "org.switchboard.netty.transport", List.of("io.netty.channel.epoll.Epoll",
                    "io.netty.channel.epoll.EpollServerSocketChannel", "io.netty.channel.epoll.EpollDatagramChannel",
                    "io.netty.buffer.ByteBufUtil", "io.netty.buffer.AdaptiveByteBufAllocator"));

    private WarmUp() {
    }

    /** Initialises parts of Java: lambdas, calendars and the formats of dates, random numbers, loggers. */
    static void initialiseJava() {
        inBackground(() -> {
            linkLambda();
            new SimpleDateFormat("", Locale.ROOT);
            String.format("%d", 0);
            DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault()).format(Instant.now());
            new SecureRandom();
            Logger.getLogger("");
        });
    }

    /** The first lambda of a bundle, which no class archive can hold, initialises what writes its class. */
    private static void linkLambda() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodType type = MethodType.methodType(void.class);
            MethodHandle method = lookup.findStatic(WarmUp.class, "nothing", type);
            LambdaMetafactory.metafactory(lookup, "run", MethodType.methodType(Runnable.class), type, method, type);
        } catch (ReflectiveOperationException | java.lang.invoke.LambdaConversionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void nothing() {
    }

    /** Initialises Netty's native transport. */
    static void initialiseBundles(BundleContext context) {
        inBackground(() -> load(context));
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "switchboard-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void load(BundleContext context) {
        for (Bundle bundle : context.getBundles()) {
            for (String name : CLASSES.getOrDefault(bundle.getSymbolicName(), List.of())) {
                try {
                    Class.forName(name, true, bundle.loadClass(name).getClassLoader());
                } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
                    // The code that needs the class meets the same, and can say what it means.
                    return;
                }
            }
        }
    }
}
