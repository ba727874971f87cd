package org.switchboard.provider.tcpmux.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Ending;
import org.switchboard.api.provider.Instance;
import org.switchboard.api.provider.Switchyard;
import org.switchboard.posix.HeldSockets;
import org.switchboard.posix.Lines;
import org.switchboard.posix.Lines.End;
import org.switchboard.posix.Lines.Line;
import org.switchboard.posix.Lines.Pending;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.SystemText;

/** A client until it is handed on, or told that there is no such service. It owns its descriptor. */
final class MuxClient implements Instance {

    static final Duration TIME_TO_NAME = Duration.ofSeconds(10);

    private static final int LONGEST_NAME = 256;
    private static final String HELP = "help";
    private static final String PREFIX = "tcpmux/";
    private static final String OPTION = "mux";
    private static final String PLUS = "plus";
    private static final String GO = "+Go\r\n";
    private static final String NOT_AVAILABLE = "-Service not available\r\n";
    private static final String TOO_MANY = "-Too many clients, try again\r\n";
    private static final String ERROR = "-Error reading service name\r\n";

    /** How long the next version of the provider may take to come. */
    private static final Duration UNTIL_NEXT = Duration.ofSeconds(30);
    /** A service may go between being found and being passed to; one that comes and goes all the time is not available. */
    private static final int MOST_LOOKS = 3;

    private final int fd;
    private final String entry;
    private final Switchyard switchyard;
    private final Sockets sockets;
    private final Lines lines;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    private Pending pending = () -> { }; // guarded by this, as is the next
    private Optional<String> named = Optional.empty();

    /** @param entry the id of the entry whose client it is */
    MuxClient(int fd, String entry, Switchyard switchyard, Sockets sockets, Lines lines) {
        this.fd = fd;
        this.entry = entry;
        this.switchyard = switchyard;
        this.sockets = sockets;
        this.lines = lines;
    }

    private synchronized Pending pending() {
        return pending;
    }

    /** Under the lock, so that what comes of it finds it noted. */
    synchronized void listen() throws IOException {
        try {
            pending = lines.read(fd, LONGEST_NAME, TIME_TO_NAME, this::named);
        } catch (IOException | RuntimeException failed) {
            close(Ending.notStarted("cannot read the name of a service: " + failed.getMessage()));
            throw failed;
        }
    }

    void sendAway() {
        leave(TOO_MANY, "busy");
    }

    @Override
    public String description() {
        return "tcpmux";
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public void end() {
        stopReading();
        close(Ending.of("ended", ""));
    }

    /**
     * As {@link #end}, but a client that has said nothing yet is kept for the next version of the provider, and one that
     * has named its service waits there from now on.
     */
    void leaveTo(HeldSockets held) {
        stopReading();
        if (!pending().hasTaken()) {
            keep(held);
        } else if (!waitsAtItsService()) {
            close(Ending.of("ended", ""));
        }
    }

    /** An entry whose provider is away takes clients, too, and keeps them for the next dispatcher. */
    private synchronized boolean waitsAtItsService() {
        return handOn(named.flatMap(name -> switchyard.entries().stream()
                .filter(entry -> name(entry).equalsIgnoreCase(name)).findFirst()));
    }

    private synchronized void noteName(String name) {
        named = Optional.of(name);
    }

    private synchronized void keep(HeldSockets held) {
        if (closed.compareAndSet(false, true)) {
            try {
                sockets.setBlocking(fd, false);
                held.holdConnection(entry, fd, UNTIL_NEXT);
                ended.complete(Ending.of("handed-on", ""));
            } catch (IOException broken) {
                sockets.end(fd);
                ended.complete(Ending.of("ended", ""));
            }
        }
    }

    private void stopReading() {
        Pending last = pending();
        last.cancel();
        // What was just being read may have led to an answer meanwhile.
        while (last != pending()) {
            last = pending();
            last.cancel();
        }
    }

    private void named(Line line) {
        switch (line.end()) {
            case LINE, END_OF_INPUT -> wanted(line);
            case TOO_LONG -> leave(NOT_AVAILABLE, "unknown");
            case FAILED -> leave(ERROR, "reset");
            case TIMEOUT -> close(Ending.of("timeout", ""));
        }
    }

    private void wanted(Line line) {
        // Every byte is a character here, and the names of entries are text.
        String name = SystemText.decode(line.text().getBytes(StandardCharsets.ISO_8859_1));
        if (line.end() == End.END_OF_INPUT && name.isEmpty()) {
            close(Ending.of("nothing", ""));
        } else if (name.equalsIgnoreCase(HELP)) {
            leave(help(), HELP);
        } else {
            noteName(name);
            handOn(name, MOST_LOOKS);
        }
    }

    /** Every name on a line of its own. */
    private String help() {
        StringBuilder text = new StringBuilder();
        for (ServiceEntry entry : switchyard.entries()) {
            text.append(name(entry)).append("\r\n");
        }
        return text.toString();
    }

    private static String name(ServiceEntry entry) {
        return entry.name().startsWith(PREFIX) ? entry.name().substring(PREFIX.length()) : entry.name();
    }

    /** While the services change, or the one that is wanted waits for its provider, the client waits as well. */
    private void handOn(String name, int looks) {
        switchyard.find(service -> name(service).equalsIgnoreCase(name)).exceptionally(failed -> Optional.empty())
                .thenAccept(found -> handOn(name, looks, found));
    }

    private void handOn(String name, int looks, Optional<ServiceEntry> found) {
        if (!handOn(found)) {
            if (found.isPresent() && looks > 1) {
                handOn(name, looks - 1);
            } else {
                leave(NOT_AVAILABLE, "unknown");
            }
        }
    }

    /**
     * Under the lock, because the client may have been ended while it waited, and its descriptor be another's.
     *
     * @return false if there is no such service now
     */
    private synchronized boolean handOn(Optional<ServiceEntry> wanted) {
        if (closed.get()) {
            return true;
        }
        try {
            if (wanted.isEmpty() || !switchyard.pass(wanted.get(), fd, greeting(wanted.get()))) {
                return false;
            }
            passed(wanted.get());
        } catch (IOException | RuntimeException failed) {
            leave(NOT_AVAILABLE, "failed");
        }
        return true;
    }

    private static byte[] greeting(ServiceEntry entry) {
        return PLUS.equals(entry.options().get(OPTION)) ? GO.getBytes(StandardCharsets.US_ASCII) : new byte[0];
    }

    private synchronized void leave(String text, String outcome) {
        if (closed.compareAndSet(false, true)) {
            String how = outcome;
            try {
                sockets.sendLast(fd, SystemText.encode(text));
            } catch (IOException cut) {
                how = "reset";
            }
            ended.complete(Ending.of(how, ""));
        }
    }

    private synchronized void close(Ending ending) {
        if (closed.compareAndSet(false, true)) {
            sockets.end(fd);
            ended.complete(ending);
        }
    }

    /** Another entry has the connection now, and a descriptor of its own. */
    private synchronized void passed(ServiceEntry to) {
        if (closed.compareAndSet(false, true)) {
            sockets.close(fd);
            ended.complete(Ending.of("passed", "to=" + to.id()));
        }
    }
}
