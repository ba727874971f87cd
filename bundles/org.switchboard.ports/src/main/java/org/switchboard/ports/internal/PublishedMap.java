package org.switchboard.ports.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.log.Logger;

/**
 * Keeps the merged map of names on disk: always in the state directory, and as a block in the file of the host where that is
 * wanted. Changes that come together are written together, on the executor's thread.
 */
final class PublishedMap {

    private static final long QUIET_MILLIS = 100;

    private final ServicesFile services;
    private final Reservations reservations;
    private final ServicesBlock block;
    private final Path stateFile;
    private final ScheduledExecutorService executor;
    private final Logger log;
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile boolean inHostFile;
    private volatile boolean used;

    /** The last complaint, so that it is not repeated with every change; guarded by this. */
    private String complaint = "";

    /** Guarded by this: a write that waited for the lock must not replace what a successor has written since. */
    private boolean closed;

    PublishedMap(ServicesFile services, Reservations reservations, ServicesBlock block, Path stateFile,
            ScheduledExecutorService executor, Logger log) {
        this.services = services;
        this.reservations = reservations;
        this.block = block;
        this.stateFile = stateFile;
        this.executor = executor;
        this.log = log;
    }

    /** Whether the block in the host's file is wanted, and which file that is; a block that is not wanted is removed. */
    synchronized void inHostFile(boolean wanted, Path hostFile) {
        if (!hostFile.equals(services.path())) {
            removeBlock();
            services.path(hostFile);
        }
        inHostFile = wanted;
        changed();
    }

    /** Writes soon. Safe for use by several threads; does not block. */
    void changed() {
        used = true;
        if (pending.compareAndSet(false, true)) {
            executor.schedule(this::writeUnlessClosed, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Writes now, and removes the block; does nothing if nothing was ever written. Nothing is written from then on. */
    synchronized void close() {
        removeBlock();
        closed = true;
    }

    private synchronized void removeBlock() {
        inHostFile = false;
        if (used) {
            write();
        }
    }

    private synchronized void writeUnlessClosed() {
        if (!closed) {
            write();
        }
    }

    private void write() {
        pending.set(false);
        ServicesFile.Content host = services.content();
        List<String> lines = MergedMap.lines(host.names(), reservations.claims());
        String problem = attempt(() -> replace(stateFile, MergedMap.text(host.text(), lines)));
        String problemOfHost = attempt(() -> writeHostFile(inHostFile ? lines : List.of()));
        report(problem.isEmpty() ? problemOfHost : problem);
    }

    private void writeHostFile(List<String> lines) throws IOException {
        String old;
        try {
            old = ServicesFile.read(services.path());
        } catch (NoSuchFileException e) {
            if (lines.isEmpty()) {
                return;
            }
            throw e;
        }
        String now = block.in(old, lines);
        if (!now.equals(old)) {
            AtomicFile.replace(services.path(), now);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        if (!Files.exists(file) || !ServicesFile.read(file).equals(text)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.replace(file, text);
        }
    }

    /** A step that may fail without keeping the next from being tried. */
    private interface Step {
        void run() throws IOException;
    }

    private static String attempt(Step step) {
        try {
            step.run();
            return "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void report(String problem) {
        if (!problem.isEmpty() && !problem.equals(complaint)) {
            log.warn("the map of port names cannot be written: {}; trying again with the next change", problem);
        }
        complaint = problem;
    }
}
