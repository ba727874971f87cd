package org.switchboard.launcher;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Initialises, on a processor that has nothing better to do, what the server needs at the end of its start and not before:
 * calendars and Netty's native transport. Nothing depends on it; what is not there is left to who needs it.
 */
final class WarmUp {

    private static final Map<String, List<String>> CLASSES = Map.of(
            "org.switchboard.netty.transport", List.of("io.netty.channel.epoll.Epoll",
                    "io.netty.channel.epoll.EpollServerSocketChannel", "io.netty.channel.epoll.EpollDatagramChannel",
                    "io.netty.buffer.ByteBufUtil", "io.netty.buffer.AdaptiveByteBufAllocator"));

    private WarmUp() {
    }

    static void loadInBackground(BundleContext context) {
        Thread thread = new Thread(() -> load(context), "switchboard-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void load(BundleContext context) {
        DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault()).format(Instant.now());
        for (Bundle bundle : context.getBundles()) {
            for (String name : CLASSES.getOrDefault(bundle.getSymbolicName(), List.of())) {
                try {
                    Class.forName(name, true, bundle.loadClass(name).getClassLoader());
                } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
                    // Whoever needs the class meets the same, and can say what it means.
                    return;
                }
            }
        }
    }
}
