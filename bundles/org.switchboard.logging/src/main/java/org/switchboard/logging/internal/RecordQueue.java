package org.switchboard.logging.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.log.LogLevel;

/**
 * Keeps a slow or stuck sink from whoever logs: records wait here, so many and no more, for a thread that writes them. What
 * does not fit is counted, and the count is written as soon as there is room.
 */
final class RecordQueue implements AutoCloseable {

    private static final Record END = new Record(Instant.EPOCH, LogLevel.TRACE, "", List.of());

    private final BlockingQueue<Record> waiting;
    private final AtomicLong lost = new AtomicLong();
    private final Sink sink;
    private final InstantSource clock;
    private final Duration patience;
    private final Thread writer;

    /** @param patience how long {@link #close} waits for the sink */
    RecordQueue(Sink sink, int capacity, InstantSource clock, Duration patience) {
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.sink = sink;
        this.clock = clock;
        this.patience = patience;
        this.writer = new Thread(this::write, "switchboard-log");
        writer.setDaemon(true);
    }

    void start() {
        writer.start();
    }

    /** Never blocks. */
    void add(Record record) {
        if (!waiting.offer(record)) {
            lost.incrementAndGet();
        }
    }

    private void write() {
        try {
            for (Record next = waiting.take(); next != END; next = waiting.take()) {
                sink.write(next);
                reportLoss();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportLoss() {
        long count = lost.getAndSet(0);
        if (count > 0) {
            sink.write(new Record(clock.instant(), LogLevel.WARN, "log", List.of(count + " records are lost: the log takes no more")));
        }
    }

    /** Writes what waits, for as long as the patience lasts, and closes the sink. */
    @Override
    public void close() {
        try {
            if (waiting.offer(END, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.join(patience.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!writer.isAlive()) {
            sink.close();
        }
    }
}
