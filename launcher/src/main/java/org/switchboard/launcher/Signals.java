package org.switchboard.launcher;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What to do on signals.
 *
 * <p>{@code sun.misc.Signal} of the supported module jdk.unsupported is used by reflection, for the compiler warns of every
 * mention of it and knows no way to accept one.
 */
public final class Signals {

    private static final String LIBRARY = "libswitchboard-signals.so";

    private Signals() {
    }

    /**
     * Makes SIGHUP, SIGINT and SIGTERM available where they were ignored when Java started: the start script ignores
     * SIGHUP until here, and nohup ignores it, too. Without the native part for this machine they stay ignored.
     */
    static void heedIgnored(Path nativeParts) {
        Path library = nativeParts.resolve(LIBRARY);
        if (Files.exists(library)) {
            try {
                System.load(library.toString());
            } catch (UnsatisfiedLinkError e) {
                System.err.println("switchboard: signals that were ignored at the start stay ignored: " + e.getMessage());
            }
        }
    }

    /**
     * Calls one action for SIGHUP and the other for SIGALRM on a thread of its own, never two at a time; of either, what comes
     * while it waits counts once.
     */
    static void onRequest(Runnable hangup, Runnable alarm) {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread reload = new Thread(task, "switchboard-reload");
            reload.setDaemon(true);
            return reload;
        });
        onRequest("HUP", thread, hangup);
        onRequest("ALRM", thread, alarm);
    }

    private static void onRequest(String signal, ExecutorService thread, Runnable action) {
        AtomicBoolean waiting = new AtomicBoolean();
        handle(signal, () -> {
            if (waiting.compareAndSet(false, true)) {
                thread.execute(() -> {
                    waiting.set(false);
                    action.run();
                });
            }
        });
    }

    /**
     * Says, once each, that SIGUSR1 and SIGUSR2 do nothing: their default is to end a process, and who used xinetd is
     * used to send them. Until this is called they are ignored, because the start script does that.
     */
    static void onUserSignals(Consumer<String> log) {
        once("USR1", () -> log.accept("SIGUSR1 is ignored; 'switchboard list' tells what xinetd would dump"));
        once("USR2", () -> log.accept("SIGUSR2 is ignored; SIGHUP reads the configuration again"));
    }

    private static void once(String signal, Runnable action) {
        AtomicBoolean seen = new AtomicBoolean();
        handle(signal, () -> {
            if (seen.compareAndSet(false, true)) {
                action.run();
            }
        });
    }

    /** Calls {@code first} at the first SIGTERM or SIGINT and {@code again} at any later one. */
    static void onTermination(Runnable first, Runnable again) {
        AtomicBoolean seen = new AtomicBoolean();
        Runnable action = () -> (seen.compareAndSet(false, true) ? first : again).run();
        handle("TERM", action);
        handle("INT", action);
    }

    /** Calls {@code action} for every signal of that name ({@code WINCH}), on some thread of the virtual machine. */
    public static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield handler;
                        }
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "what to do on SIG" + name;
                    });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name),
                    listener);
        } catch (ReflectiveOperationException e) {
            System.err.println("switchboard: cannot handle SIG" + name + ": " + e);
        }
    }
}
