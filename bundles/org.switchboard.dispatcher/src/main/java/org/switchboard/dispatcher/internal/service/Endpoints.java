package org.switchboard.dispatcher.internal.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Status open(List<PlannedSocket> wanted) {
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

    /** Those that could be opened. */
    List<Endpoint> open() {
        return all.stream().filter(Endpoint::isOpen).toList();
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
