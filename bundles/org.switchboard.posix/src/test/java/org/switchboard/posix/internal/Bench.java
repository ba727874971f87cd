package org.switchboard.posix.internal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.switchboard.posix.Account;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.testkit.FakeLoggers;

/**
 * Prints how many starts a second the spawner does, and what a call costs the caller. Not a test: run it by hand.
 *
 * <p>Arguments: the program (a trivial static one tells most), seconds, and optionally the user to become.
 */
public final class Bench {

    private static final int IN_FLIGHT = 8;

    private Bench() {
    }

    public static void main(String[] arguments) throws Exception {
        NativeParts parts = new NativeParts(Optional.empty(), Optional.of(Path.of("target/bench-native").toAbsolutePath()));
        LinuxSpawner spawner = new LinuxSpawner(parts, List.of(), InstantSource.system(), new FakeLoggers().logger());
        parts.require();
        Optional<Account> account = arguments.length > 2 ? new LinuxUsers(parts).user(arguments[2]) : Optional.empty();
        Launch launch = new Launch(arguments[0], List.of(arguments[0]), Map.of("PATH", "/usr/bin:/bin"), account,
                OptionalInt.of(022), 0, List.of(), Optional.empty(), "/");
        try {
            for (int round = 0; round < 3; round++) {
                measure(spawner, launch, Integer.parseInt(arguments[1]));
            }
        } finally {
            spawner.close();
        }
    }

    private static void measure(LinuxSpawner spawner, Launch launch, int seconds) throws Exception {
        int[] pair = new int[2];
        LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0, pair);
        Semaphore free = new Semaphore(IN_FLIGHT);
        AtomicLong good = new AtomicLong();
        long begin = System.nanoTime();
        long calls = 0;
        long calling = 0;
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(seconds)) {
            free.acquire();
            long before = System.nanoTime();
            var program = spawner.start(launch, pair[0]);
            calling += System.nanoTime() - before;
            calls++;
            program.exited().thenAccept(exit -> {
                if (exit instanceof Exit.Ended ended && ended.status() == 0) {
                    good.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquire(IN_FLIGHT);
        double took = (System.nanoTime() - begin) / 1e9;
        System.out.printf("%d starts, %d good, %.0f starts/s, %.1f us a call%n", calls, good.get(), calls / took,
                calling / 1e3 / calls);
        IntStream.of(pair).forEach(LibC::close);
    }
}
