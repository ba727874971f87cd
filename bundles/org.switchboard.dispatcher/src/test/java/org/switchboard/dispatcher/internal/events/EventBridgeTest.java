package org.switchboard.dispatcher.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventHandler;
import org.switchboard.api.runtime.ServerEvents;
import org.switchboard.dispatcher.internal.framework.TestFramework;

class EventBridgeTest {

    private static final EventHandler HANDLER = event -> { };
    private static final EventAdmin ADMIN = new EventAdmin() {
        @Override
        public void postEvent(Event event) { }

        @Override
        public void sendEvent(Event event) { }
    };

    private TestFramework framework;
    private EventBridge bridge;

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        framework = new TestFramework(storage);
        bridge = new EventBridge(framework.context());
        bridge.open();
    }

    @AfterEach
    void close() throws Exception {
        bridge.close();
        framework.close();
    }

    private void admin() {
        framework.context().registerService(EventAdmin.class, ADMIN, null);
    }

    private ServiceRegistration<?> subscribe(Object topics) {
        return framework.context().registerService(EventHandler.class, HANDLER, new Hashtable<>(Map.of("event.topics", topics)));
    }

    @Test
    void withoutAnAdminNothingIsWantedAndTellingDoesNothing() {
        subscribe("*");

        assertThat(bridge.isWanted(ServerEvents.STARTED)).isFalse();
        bridge.announce(ServerEvents.STARTED, Map.of());
    }

    @Test
    void onlyWhatSomebodySubscribedToIsWanted() {
        admin();
        assertThat(bridge.isWanted(ServerEvents.OPENED)).isFalse();

        ServiceRegistration<?> handler = subscribe(new String[] {"org/example/*", ServerEvents.OPENED});
        assertThat(bridge.isWanted(ServerEvents.OPENED)).isTrue();
        assertThat(bridge.isWanted(ServerEvents.STARTED)).isFalse();

        handler.unregister();
        assertThat(bridge.isWanted(ServerEvents.OPENED)).isFalse();
    }

    @Test
    void wildcardsStandAloneOrAfterASlash() {
        for (String pattern : List.of("*", "org/*", "org/switchboard/*", "org/switchboard/session/*", ServerEvents.ENDED)) {
            assertThat(EventBridge.matches(pattern, ServerEvents.ENDED)).as(pattern).isTrue();
        }
        for (String pattern : List.of("", "org", "org/switchboard/session", "org/switchboard/service/*", "*/ENDED", "null")) {
            assertThat(EventBridge.matches(pattern, ServerEvents.ENDED)).as(pattern).isFalse();
        }
    }
}
