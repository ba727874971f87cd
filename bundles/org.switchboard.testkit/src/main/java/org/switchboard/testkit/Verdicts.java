package org.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.switchboard.api.admission.Verdict;

/** What the contracts of both kinds of rules do with verdicts. */
final class Verdicts {

    /** Asks for a verdict. */
    @FunctionalInterface
    interface Question {
        Verdict on(int client) throws Exception;
    }

    private static final int THREADS = 4;

    private Verdicts() {
    }

    /** Gives back what an admit has to give back. */
    static void release(Verdict verdict) {
        assertThat(verdict).isNotNull();
        if (verdict instanceof Verdict.Admit admit) {
            admit.lease().release();
        }
    }

    /**
     * Asks on several threads at once, and releases every verdict.
     *
     * @param times how often each thread asks
     * @param question about the client of a number, from 0 on
     */
    static void askAtOnce(int times, Question question) throws Exception {
        Callable<Integer> clients = () -> {
            for (int i = 0; i < times; i++) {
                release(question.on(i));
            }
            return times;
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Integer> asked = new ArrayList<>();
            for (Future<Integer> one : threads.invokeAll(IntStream.range(0, THREADS).mapToObj(i -> clients).toList())) {
                asked.add(one.get());
            }
            assertThat(asked).containsOnly(times);
        } finally {
            threads.shutdownNow();
        }
    }
}
