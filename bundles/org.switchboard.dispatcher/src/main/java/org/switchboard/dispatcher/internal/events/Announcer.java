package org.switchboard.dispatcher.internal.events;

import java.util.Map;

/** Where events go. Any thread; does not block. */
public interface Announcer {

    /** Whether somebody has subscribed to that topic. Cheap enough for every session. */
    boolean isWanted(String topic);

    /** Tells of something that happened. */
    void announce(String topic, Map<String, ?> properties);

    /** Nobody listens. */
    Announcer NOBODY = new Announcer() {
        @Override
        public boolean isWanted(String topic) {
            return false;
        }

        @Override
        public void announce(String topic, Map<String, ?> properties) { }
    };
}
