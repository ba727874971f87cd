package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpeningGateTest {

    private static final long SECONDS = 60;

    private final OpeningGate gate = new OpeningGate();
    private final List<String> journal = new CopyOnWriteArrayList<>();

    @Test
    void nothingIsOpenedWhenTheGateIsClosed() throws Exception {
        gate.close();
        assertThat(gate.open(() -> {
            throw new AssertionError("opened");
        })).isEmpty();
    }

    @Test
    void theGateIsClosedOnlyWhenWhatIsBeingOpenedIsOpen() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread opener = new Thread(() -> {
            try {
                gate.open(() -> {
                    opening.countDown();
                    await(goOn);
                    journal.add("opened");
                    throw new IOException("it is a test");
                });
            } catch (IOException expected) {
                return;
            }
        });
        opener.start();
        await(opening);
        Thread closer = new Thread(() -> {
            gate.close();
            journal.add("closed");
        });
        closer.start();
        while (closer.getState() != Thread.State.BLOCKED) {
            assertThat(journal).isEmpty();
        }
        goOn.countDown();
        closer.join();
        opener.join();
        assertThat(journal).containsExactly("opened", "closed");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
