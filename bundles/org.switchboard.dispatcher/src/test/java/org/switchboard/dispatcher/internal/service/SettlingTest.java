package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private final Deque<Runnable> worker = new ArrayDeque<>();
    private final Settling settling = new Settling(worker::add);

    private static boolean isDone(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    private void work() {
        while (!worker.isEmpty()) {
            worker.remove().run();
        }
    }

    @Test
    void whoeverWaitsHearsOfTheNextChangeOnAWorker() {
        CompletionStage<Boolean> waiting = settling.next().thenApply(changed -> changed);
        settling.changed();

        assertThat(isDone(waiting)).isFalse();
        work();
        assertThat(isDone(waiting)).isTrue();
        assertThat(isDone(settling.next())).isFalse();
    }

    @Test
    void whileChangesAreUnderWayNobodyIsToldOfASingleOne() {
        settling.begin();
        settling.begin();
        CompletionStage<Boolean> waiting = settling.next().thenApply(changed -> changed);
        settling.changed();
        settling.end();
        work();
        assertThat(settling.isUnderWay()).isTrue();
        assertThat(isDone(waiting)).isFalse();

        settling.end();
        work();

        assertThat(settling.isUnderWay()).isFalse();
        assertThat(isDone(waiting)).isTrue();
    }

    @Test
    void aChangeBetweenTheAskingAndTheWaitingIsNotMissed() {
        CompletionStage<Boolean> asked = settling.next();
        settling.changed();

        assertThat(isDone(asked.thenApply(changed -> changed))).isTrue();
    }

    @Test
    void whereNoWorkerIsFreeThoseWhoWaitAreToldAllTheSame() {
        Settling busy = new Settling(task -> {
            throw new RejectedExecutionException("busy");
        });
        CompletionStage<Boolean> waiting = busy.next().thenApply(changed -> changed);
        busy.changed();

        assertThat(isDone(waiting)).isTrue();
    }
}
