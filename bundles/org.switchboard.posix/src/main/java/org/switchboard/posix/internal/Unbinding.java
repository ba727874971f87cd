package org.switchboard.posix.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Unbinds the system calls when the bundle has stopped: as long as they are bound, the native side of JNA keeps every class of this
 * version of the bundle in memory. A thread that is in the middle of one would come back to code that is gone, so this waits,
 * on a thread of its own, until none is; and rather leaves them bound than wait for ever.
 */
final class Unbinding implements Runnable {

    private static final long PATIENCE_SECONDS = 30;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String HERE = Unbinding.class.getPackageName();

    private final long binding;
    private final List<CompletableFuture<?>> needed;

    private Unbinding(long binding, List<CompletableFuture<?>> needed) {
        this.binding = binding;
        this.needed = needed;
    }

    /**
     * @param binding the number that {@link LibC#bind} gave
     * @param needed the calls are needed until all of these are complete
     */
    static void begin(long binding, List<CompletableFuture<?>> needed) {
        Thread thread = new Thread(new Unbinding(binding, needed), "switchboard-unbinding");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        // Threads of the next version of this bundle look the same, but are not inside yet.
        Set<Thread> inside = new HashSet<>(threadsInside());
        try {
            CompletableFuture.allOf(needed.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException stillNeeded) {
            return;
        }
        while (!inside.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
            inside.retainAll(threadsInside());
        }
        LibC.unbind(binding);
    }

    private static List<Thread> threadsInside() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey() != Thread.currentThread() && isInside(thread.getValue()))
                .map(Map.Entry::getKey).toList();
    }

    private static boolean isInside(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(HERE)) {
                return true;
            }
        }
        return false;
    }
}
