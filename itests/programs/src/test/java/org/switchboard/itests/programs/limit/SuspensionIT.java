package org.switchboard.itests.programs.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

/** From the verdict that suspends an entry on nobody is served, however many come and whatever else the server has to do. */
class SuspensionIT {

    private static final int CLIENTS = 150;
    private static final int PORTS = 200;
    private static final String DAYTIME = "exec = internal, args = daytime";

    private final int port = FreePorts.next();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static String entry(int port, String server, String options) {
        return "127.0.0.1:" + port + " on protocol = tcp4, user = -, " + server + ", " + options + ";";
    }

    private static boolean isServed(int port) {
        try {
            return !Client.talk(port, "").isEmpty();
        } catch (IOException refusedOrCut) {
            return false;
        }
    }

    /** How many are served of so many who come at once. */
    private int servedAtOnce(int port) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        Callable<Boolean> client = () -> {
            start.await();
            return isServed(port);
        };
        return count(IntStream.range(0, CLIENTS).mapToObj(i -> threads.submit(client)).toList());
    }

    private static int count(List<Future<Boolean>> clients) throws InterruptedException, ExecutionException {
        int served = 0;
        for (Future<Boolean> client : clients) {
            served += client.get() ? 1 : 0;
        }
        return served;
    }

    private static int servedOneAfterTheOther(int port) {
        return (int) IntStream.range(0, 10).filter(i -> isServed(port)).count();
    }

    @Test
    void atOnceOrOneAfterTheOtherExactlyAsManyAreServedAsTheLimitSays() throws Exception {
        List<Integer> ports = IntStream.range(0, 6).map(i -> FreePorts.next()).boxed().toList();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ports.size(); i += 3) {
            lines.add(entry(ports.get(i), "wait = no, exec = /bin/echo, args = echo ok", "service_max = 3"));
            lines.add(entry(ports.get(i + 1), DAYTIME, "service_max = 3"));
            lines.add("127.0.0.1:" + ports.get(i + 2) + " stream tcp nowait.3 - /bin/echo echo ok");
        }
        try (RunningServer running = RunningServer.start(lines.toArray(String[]::new))) {
            for (int i = 0; i < 3; i++) {
                assertThat(servedOneAfterTheOther(ports.get(i))).as("%s%n%s", lines.get(i), running.log()).isEqualTo(3);
                assertThat(servedAtOnce(ports.get(i + 3))).as("%s%n%s", lines.get(i), running.log()).isEqualTo(3);
            }
        }
    }

    @Test
    void whenTheSuspensionIsOverTheCountBeginsAnew() throws Exception {
        try (RunningServer running = RunningServer.start(entry(port, DAYTIME, "service_max = 2, suspend_seconds = 1"))) {
            for (int round = 0; round < 2; round++) {
                running.awaitListed(port + "/tcp4", "idle");
                assertThat(isServed(port)).isTrue();
                assertThat(isServed(port)).isTrue();
                int from = running.log().count();
                assertThat(isServed(port)).isFalse();
                running.log().await("suspended until", from, RunningServer.DEADLINE);
            }
        }
    }

    /** Reloads while clients come as fast as they can. @return how many of them are served meanwhile */
    private int servedDuringReload(RunningServer running, String... configuration) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<Integer>> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                clients.add(threads.submit(() -> {
                    int served = 0;
                    while (!enough.get()) {
                        served += isServed(port) ? 1 : 0;
                    }
                    return served;
                }));
            }
            running.reload(configuration);
        } finally {
            enough.set(true);
        }
        int served = 0;
        for (Future<Integer> client : clients) {
            served += client.get();
        }
        return served;
    }

    /** The lines of many ports; all of them change when the provider does. */
    private static String[] configuration(String first, List<Integer> ports, String provider) {
        List<String> lines = new ArrayList<>(List.of(first));
        ports.forEach(other -> lines.add("127.0.0.1:" + other + " stream tcp nowait - internal " + provider));
        return lines.toArray(String[]::new);
    }

    private static List<Integer> ports() {
        return IntStream.range(0, PORTS).map(i -> FreePorts.next()).boxed().toList();
    }

    @Test
    void noneIsServedMoreWhileTheServerIsBusyWithAReload() throws Exception {
        List<Integer> others = ports();
        String one = entry(port, DAYTIME, "service_max = 1");
        try (RunningServer running = RunningServer.start(configuration(one, others, "echo"))) {
            int served = servedDuringReload(running, configuration(one, others, "discard"));

            assertThat(served).as("one before the reload, which ends a suspension, and one after it%n%s", running.log())
                    .isBetween(1, 2);
        }
    }

    @Test
    void theLimitOfTheFormerVersionDoesNotSuspendTheNewOne() throws Exception {
        List<Integer> others = ports();
        String few = entry(port, DAYTIME, "service_max = 50");
        try (RunningServer running = RunningServer.start(configuration(few, others, "echo"))) {
            for (int round = 0; round < 3; round++) {
                assertThat(servedDuringReload(running, configuration(entry(port, DAYTIME, "service_max = 1000000"), others, "discard")))
                        .as("%s", running.log()).isPositive();
                assertThat(isServed(port)).as("%s", running.log()).isTrue();
                assertThat(running.listed(port + "/tcp4")).as("%s", running.log()).doesNotContain("suspended");
                running.reload(configuration(few, others, "echo"));
            }
        }
    }

    @Test
    void whatTheOperatorSuspendsIsSuspendedWhenTheCommandHasAnswered() throws Exception {
        try (RunningServer running = RunningServer.start(entry(port, DAYTIME, "backlog = 9"))) {
            assertThat(isServed(port)).isTrue();
            running.ask("suspend", port + "/tcp4").orFail();
            assertThat(servedAtOnce(port)).isZero();
            running.ask("resume", port + "/tcp4").orFail();
            running.awaitListed(port + "/tcp4", "idle");
            assertThat(isServed(port)).isTrue();
        }
    }
}
