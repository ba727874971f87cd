package org.switchboard.dispatcher.internal.events;

import java.util.Map;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** The only class that knows the Event Admin; loaded with the first event that somebody wants. */
final class Poster {

    private Poster() {
    }

    static void post(Object admin, String topic, Map<String, ?> properties) {
        ((EventAdmin) admin).postEvent(new Event(topic, properties));
    }
}
