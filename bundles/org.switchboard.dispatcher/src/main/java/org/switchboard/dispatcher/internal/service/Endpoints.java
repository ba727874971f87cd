package org.switchboard.dispatcher.internal.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ListenerDTO;
import org.switchboard.api.runtime.ServerEvents;
import org.switchboard.dispatcher.internal.resolve.PlannedSocket;
import org.switchboard.dispatcher.internal.resolve.RpcOptions;

/** The sockets of one entry. Dispatcher thread only, but for {@link #describe}. */
final class Endpoints {

    private final Surroundings around;
    private final String id;
    private final RpcAnnouncement announcement;
    private volatile List<Endpoint> all = List.of();

    /** @param id the id of the entry, for the log */
    Endpoints(Surroundings around, String id) {
        this.around = around;
        this.id = id;
        this.announcement = new RpcAnnouncement(around, id);
    }

    /**
     * Closes what is not wanted any more.
     *
     * @return whether that was all that was open
     */
    boolean keep(List<PlannedSocket> wanted) {
        boolean wasOpen = !open().isEmpty();
        List<Endpoint> kept = new ArrayList<>();
        for (Endpoint endpoint : all) {
            if (wanted.stream().anyMatch(endpoint::serves)) {
                kept.add(endpoint);
            } else {
                announcement.withdraw();
                close(endpoint);
            }
        }
        all = List.copyOf(kept);
        return wasOpen && open().isEmpty();
    }

    /**
     * Opens what is wanted and not open.
     *
     * @return the trouble with those that could not be opened; {@link Status#LISTENING} if all could
     */
    private Status open(List<PlannedSocket> wanted) {
        List<Endpoint> more = new ArrayList<>(all);
        for (PlannedSocket socket : wanted) {
            if (more.stream().noneMatch(endpoint -> endpoint.serves(socket))) {
                more.add(new Endpoint(around, id, socket));
            }
        }
        all = List.copyOf(more);
        Status reached = Status.LISTENING;
        for (Endpoint endpoint : all) {
            boolean before = endpoint.isOpen();
            Status opened = endpoint.open();
            if (opened.isTrouble()) {
                reached = opened;
            } else if (!before) {
                around.log().info("{}: opened {}", id, endpoint);
                announce(ServerEvents.OPENED, endpoint);
            }
        }
        return reached;
    }

    /**
     * Opens what is wanted and listens in that style.
     *
     * @param whenFree called when a program has given back a socket that was waited for
     * @return what is the trouble with it; {@link Status#LISTENING} if nothing is
     */
    Status listen(List<PlannedSocket> wanted, Endpoint.Style style, Receiver receiver, Runnable whenFree) {
        Status reached = open(wanted);
        for (Endpoint endpoint : open()) {
            try {
                if (!endpoint.listen(style, receiver, whenFree)) {
                    reached = Status.of(EntryState.WAITING, "waiting for the running program to give back the socket");
                }
            } catch (IOException failed) {
                reached = Status.of(EntryState.FAILED, "cannot listen on " + endpoint + ": " + failed.getMessage());
            }
        }
        return reached;
    }

    /** Accepts whoever comes, for nobody to serve. */
    void turnAway(Receiver receiver, Runnable whenFree) {
        for (Endpoint endpoint : open()) {
            try {
                endpoint.listen(endpoint.isStream() ? Endpoint.Style.CONNECTIONS : Endpoint.Style.DATAGRAMS, receiver, whenFree);
            } catch (IOException failed) {
                around.log().warn("{}: cannot turn clients away on {}: {}", id, endpoint, failed.getMessage());
            }
        }
    }

    /** Stops listening, and turns away who is queued. @return how many that were */
    int turnAwayQueued() {
        return open().stream().mapToInt(Endpoint::turnAwayQueued).sum();
    }

    /** Those that could be opened. */
    List<Endpoint> open() {
        return all.stream().filter(Endpoint::isOpen).toList();
    }

    /** Whether nobody listens on one of them because an event loop has ended. Any thread. */
    boolean isLost() {
        return all.stream().anyMatch(Endpoint::isLost);
    }

    void pause() {
        all.forEach(Endpoint::pause);
    }

    /** Tells clients where they are, which for an RPC service they cannot know otherwise. */
    Status announce(RpcOptions program) {
        return announcement.announce(program, open());
    }

    void close() {
        announcement.withdraw();
        all.forEach(this::close);
        all = List.of();
    }

    private void announce(String topic, Endpoint endpoint) {
        if (around.announcer().isWanted(topic)) {
            around.announcer().announce(topic, Map.of(ServerEvents.SERVICE, id, ServerEvents.ENDPOINT, endpoint.toString()));
        }
    }

    /** Leaves all sockets open for the next dispatcher. */
    void handOn(Duration atMost) {
        all.forEach(endpoint -> endpoint.handOn(atMost));
        all = List.of();
    }

    private void close(Endpoint endpoint) {
        if (endpoint.isOpen()) {
            around.log().info("{}: closed {}", id, endpoint);
            announce(ServerEvents.CLOSED, endpoint);
        }
        endpoint.close();
    }

    /** The open ones. Any thread. */
    List<ListenerDTO> describe() {
        return all.stream().flatMap(endpoint -> endpoint.describe().stream()).toList();
    }
}
