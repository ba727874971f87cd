package org.switchboard.dispatcher.internal.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.switchboard.api.runtime.ServerEvents;
import org.switchboard.dispatcher.internal.events.Announcer;

/** Tells of the start and the end of sessions, if somebody wants to know. */
final class SessionEvents {

    private final Announcer announcer;
    private final InstantSource clock;

    SessionEvents(Announcer announcer, InstantSource clock) {
        this.announcer = announcer;
        this.clock = clock;
    }

    void started(LiveSession session) {
        if (announcer.isWanted(ServerEvents.STARTED)) {
            announcer.announce(ServerEvents.STARTED, properties(session));
        }
    }

    void ended(LiveSession session, String outcome, String detail) {
        if (announcer.isWanted(ServerEvents.ENDED)) {
            Map<String, Object> properties = properties(session);
            properties.put(ServerEvents.OUTCOME, outcome);
            properties.put(ServerEvents.DETAIL, detail);
            properties.put(ServerEvents.MILLIS, Duration.between(session.started(), clock.instant()).toMillis());
            announcer.announce(ServerEvents.ENDED, properties);
        }
    }

    private static Map<String, Object> properties(LiveSession session) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ServerEvents.SERVICE, session.entry().id());
        properties.put(ServerEvents.SESSION, session.number());
        properties.put(ServerEvents.REMOTE, session.remoteText());
        properties.put(ServerEvents.LOCAL, Addresses.text(session.local()));
        properties.put(ServerEvents.PROVIDER, session.entry().provider());
        return properties;
    }
}
