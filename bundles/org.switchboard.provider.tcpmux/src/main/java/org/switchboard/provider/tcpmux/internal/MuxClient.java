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

    private final int fd;
    private final Switchyard switchyard;
    private final Sockets sockets;
    private final Lines lines;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    private Pending pending = () -> { }; // guarded by this

    MuxClient(int fd, Switchyard switchyard, Sockets sockets, Lines lines) {
        this.fd = fd;
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
        Pending last = pending();
        last.cancel();
        // What was just being read may have led to an answer meanwhile.
        while (last != pending()) {
            last = pending();
            last.cancel();
        }
        close(Ending.of("ended", ""));
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
            handOn(name);
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
    private void handOn(String name) {
        switchyard.find(entry -> name(entry).equalsIgnoreCase(name)).exceptionally(failed -> Optional.empty())
                .thenAccept(this::handOn);
    }

    /** Under the lock, because the client may have been ended while it waited, and its descriptor be another's. */
    private synchronized void handOn(Optional<ServiceEntry> wanted) {
        if (closed.get()) {
            return;
        }
        try {
            if (wanted.isPresent() && switchyard.pass(wanted.get(), fd, greeting(wanted.get()))) {
                passed(wanted.get());
            } else {
                leave(NOT_AVAILABLE, "unknown");
            }
        } catch (IOException failed) {
            leave(NOT_AVAILABLE, "failed");
        }
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
