package org.switchboard.itests.programs.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

/** Reloads one after the other while clients come and go on every port that stays. */
class UnderLoadIT {

    private static final int WARM_UP = 12;
    private static final int RELOADS = 50;
    /** A line for each of so many sessions would push those about reloads out of the log. */
    private static final List<String> QUIETLY = List.of("/usr/bin/env", "SWITCHBOARD_JAVA_OPTS=-Dswitchboard.log.levels=");
    private static final List<String> SWAPPED = List.of("internal echo", "/bin/cat cat", "/usr/bin/env env cat", "internal echo");

    private final int kept = FreePorts.next();
    private final int swapped = FreePorts.next();
    private final int comes = FreePorts.next();
    private final AtomicBoolean enough = new AtomicBoolean();

    private static String line(int port, String server) {
        return "127.0.0.1:" + port + " stream tcp nowait - " + server + "\n";
    }

    /** Another provider or program, another order, another limit, another port; and each of them back. */
    private String configuration(int number) {
        String keeps = line(kept, "internal echo");
        String swaps = line(swapped, SWAPPED.get(number % SWAPPED.size()));
        String changes = number % 3 == 0 ? line(comes, "internal discard") : "";
        return number % 2 == 0 ? keeps + swaps + changes : changes + swaps + keeps;
    }

    private void reload(RunningServer server, int number) throws Exception {
        server.workspace().write("inetd.conf", configuration(number));
        int from = server.log().count();
        server.signal("HUP");
        assertThat(server.log().await("files: opened=.* failed=(\\d+)", from, RunningServer.DEADLINE).group(1)).isEqualTo("0");
    }

    /** Talks until it is enough. @return how often it was answered */
    private Callable<Integer> client(int port) {
        return () -> {
            int answers = 0;
            for (; !enough.get(); answers++) {
                assertThat(Client.talk(port, "number " + answers)).isEqualTo("number " + answers);
            }
            return answers;
        };
    }

    private static int descriptors(RunningServer server) {
        String[] open = Path.of("/proc", String.valueOf(server.process().pid()), "fd").toFile().list();
        return open == null ? 0 : open.length;
    }

    @Test
    void fiftyReloadsLoseNoConnectionAndLeakNoDescriptor() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (RunningServer server = RunningServer.startUnder(QUIETLY, List.of(), configuration(0).strip())) {
            for (int number = 1; number <= WARM_UP; number++) {
                reload(server, number);
                assertThat(Client.talk(swapped, "warm")).isEqualTo("warm");
                assertThat(Client.talk(kept, "warm")).isEqualTo("warm");
            }
            int before = descriptors(server);
            List<Future<Integer>> clients = new ArrayList<>();
            for (int port : List.of(kept, swapped, kept, swapped)) {
                clients.add(threads.submit(client(port)));
            }
            for (int number = 1; number <= RELOADS; number++) {
                reload(server, number);
            }
            reload(server, WARM_UP);
            enough.set(true);
            for (Future<Integer> client : clients) {
                assertThat(client.get()).isPositive();
            }
            awaitAtMost(before, server);
        } finally {
            enough.set(true);
            threads.shutdown();
        }
    }

    /** The last connections may still be on their way out. */
    private static void awaitAtMost(int before, RunningServer server) throws IOException, InterruptedException {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (descriptors(server) > before) {
            assertThat(System.nanoTime() - end).as("%s descriptors before, %s after", before, descriptors(server)).isNegative();
            server.ask("list").orFail();
        }
    }
}
