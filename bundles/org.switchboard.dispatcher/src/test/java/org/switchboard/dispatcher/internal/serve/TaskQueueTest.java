package org.switchboard.dispatcher.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskQueueTest {

    private final Workers workers = new Workers(1);
    private final TaskQueue queue = new TaskQueue(workers::errand);

    @AfterEach
    void stopWorkers() {
        workers.close();
    }

    @Test
    void tasksRunOneAfterTheOtherInOrder() throws InterruptedException {
        List<Integer> order = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(200);
        for (int i = 0; i < 200; i++) {
            int number = i;
            queue.add(() -> {
                order.add(number);
                done.countDown();
            });
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).hasSize(200).isSorted();
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromRunning() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        queue.add(() -> {
            throw new Error("the first");
        });
        queue.add(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatDoesNotFitIsRejected() {
        CountDownLatch release = new CountDownLatch(1);
        queue.add(() -> awaitQuietly(release));

        assertThatThrownBy(() -> {
            for (int i = 0; i < 1000; i++) {
                queue.add(() -> { });
            }
        }).isInstanceOf(RejectedExecutionException.class);
        release.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
