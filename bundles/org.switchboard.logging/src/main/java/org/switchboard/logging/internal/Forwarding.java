package org.switchboard.logging.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/** Passes on every entry of the log service once: those from before it was there, and those that are still on their way at the end. */
final class Forwarding implements LogListener, AutoCloseable {

    /** More than the log service keeps. */
    private static final int REMEMBERED = 4096;

    private final LogReaderService reader;
    private final Consumer<LogEntry> target;
    private final long after;
    private long last; // guarded by this
    /**
     * The numbers of the entries that were passed on last; guarded by this. One number would not do: what several threads log at a
     * time does not come in the order of the numbers.
     */
    private final Set<Long> passedOn = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @param after the number of the last entry that an earlier one of these has passed on; negative if there was none */
    Forwarding(LogReaderService reader, Consumer<LogEntry> target, long after) {
        this.reader = reader;
        this.target = target;
        this.after = after;
        this.last = after;
    }

    /** The number of the last entry that was passed on. */
    synchronized long last() {
        return last;
    }

    synchronized void start() {
        reader.addLogListener(this);
        catchUp();
    }

    @Override
    public synchronized void logged(LogEntry entry) {
        if (entry.getSequence() > after && passedOn.add(entry.getSequence())) {
            last = Math.max(last, entry.getSequence());
            target.accept(entry);
        }
    }

    /** The log service keeps the last entries, newest first. */
    private void catchUp() {
        List<LogEntry> kept = new ArrayList<>();
        for (Enumeration<LogEntry> log = reader.getLog(); log.hasMoreElements();) {
            kept.add(log.nextElement());
        }
        Collections.reverse(kept);
        kept.forEach(this::logged);
    }

    @Override
    public synchronized void close() {
        reader.removeLogListener(this);
        catchUp();
    }
}
