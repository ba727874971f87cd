package org.switchboard.launcher;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Tells the service manager that started us how we are, where it asked for that by NOTIFY_SOCKET. What it does not hear it does
 * not wait for: nothing of this can fail.
 *
 * <p>Source: sd_notify(3), systemd.service(5).
 */
final class ServiceManager {

    /** Signs of life come three times as often as they are asked for. */
    private static final int MARGIN = 3;

    /** What serves may be replaced by another version; so long there is nobody to ask. */
    private static final long REPLACE_MICROS = TimeUnit.MINUTES.toMicros(2);

    private final Optional<String> socket;
    private final long watchdogMicros;
    private final BundleContext context;

    ServiceManager(Settings settings, BundleContext context) {
        this.socket = settings.notifySocket();
        this.watchdogMicros = settings.watchdogMicros();
        this.context = context;
    }

    /** We serve; from now on signs of life are given, as long as the threads answer that serve. */
    void ready() {
        tell("READY=1\nSTATUS=serving");
        if (socket.isPresent() && watchdogMicros > 0) {
            Thread thread = new Thread(this::live, "switchboard-watchdog-signs");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Configuration is about to be read again; {@link #reloaded} says when that is over. */
    void reloading() {
        tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000 + "\nSTATUS=reloading");
    }

    void reloaded() {
        tell("READY=1\nSTATUS=serving");
    }

    void stopping() {
        tell("STOPPING=1\nSTATUS=stopping");
    }

    private void live() {
        long interval = Math.max(1, watchdogMicros / MARGIN);
        long absent = 0;
        boolean answering = true;
        try {
            while (context.getBundle(0).getState() == Bundle.ACTIVE) {
                OptionalLong unanswered = unansweredMicros();
                absent = unanswered.isPresent() ? 0 : absent + interval;
                boolean alive = absent <= REPLACE_MICROS && unanswered.orElse(0) <= interval;
                if (alive) {
                    tell("WATCHDOG=1");
                } else if (answering) {
                    System.err.println("no sign of life for the service manager: " + (absent > 0 ? "nobody serves"
                            : "a thread has not answered for " + TimeUnit.MICROSECONDS.toSeconds(unanswered.orElse(0)) + " s"));
                }
                answering = alive;
                TimeUnit.MICROSECONDS.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException stopped) {
            // The context is not valid any more: nobody is waiting for us.
            return;
        }
    }

    /** For how long a thread that serves has not answered; empty if nothing in the framework serves. */
    private OptionalLong unansweredMicros() {
        try {
            Collection<ServiceReference<LongSupplier>> found =
                    context.getServiceReferences(LongSupplier.class, "(switchboard.unanswered=true)");
            return found.stream().map(context::getService).filter(Objects::nonNull)
                    .mapToLong(millis -> TimeUnit.MILLISECONDS.toMicros(millis.getAsLong())).max();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void tell(String state) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            @SuppressWarnings("rawtypes")
            Collection<ServiceReference<BiConsumer>> found = context.getServiceReferences(BiConsumer.class, "(switchboard.datagrams=true)");
            for (@SuppressWarnings("rawtypes") ServiceReference<BiConsumer> reference : found) {
                @SuppressWarnings("unchecked")
                BiConsumer<String, byte[]> datagrams = context.getService(reference);
                datagrams.accept(socket.get(), state.getBytes(StandardCharsets.UTF_8));
            }
        } catch (InvalidSyntaxException | RuntimeException e) {
            System.err.println("cannot tell the service manager at " + socket.get() + ": " + e.getMessage());
        }
    }
}
