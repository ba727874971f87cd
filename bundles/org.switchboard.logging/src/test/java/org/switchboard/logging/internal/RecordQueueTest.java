package org.switchboard.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.service.log.LogLevel;

@Timeout(20)
class RecordQueueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch writing = new CountDownLatch(1);

    private static Record record(String text) {
        return new Record(Instant.EPOCH, LogLevel.INFO, "a", List.of(text));
    }

    /** Writes nothing until it is let loose. */
    private final class StuckSink implements Sink {
        @Override
        public void write(Record record) {
            try {
                writing.countDown();
                stuck.await();
                written.add(record.lines().get(0));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            written.add("closed");
        }
    }

    @Test
    void stuckSinkCostsRecordsAndNotTheCallersTime() throws Exception {
        RecordQueue queue = new RecordQueue(new StuckSink(), 2, InstantSource.system(), PATIENCE);
        queue.start();
        queue.add(record("0"));
        writing.await();
        for (int i = 1; i <= 5; i++) {
            queue.add(record(Integer.toString(i)));
        }
        stuck.countDown();
        queue.close();
        assertThat(written).containsExactly("0", "3 records are lost: the log takes no more", "1", "2", "closed");
    }

    @Test
    void stuckSinkDoesNotHoldUpTheEnd() throws Exception {
        RecordQueue queue = new RecordQueue(new StuckSink(), 2, InstantSource.system(), Duration.ofMillis(1));
        queue.start();
        queue.add(record("0"));
        writing.await();
        queue.close();
        assertThat(written).isEmpty();
        stuck.countDown();
    }
}
