package org.switchboard.itests.felix.events;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.runtime.ServerEvents;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;

@RunWith(PaxExam.class)
public class EventsIT {

    @Inject
    private BundleContext context;
    @Inject
    private ServiceTable table;

    @Configuration
    public Option[] server() {
        return new Option[] {Felix.server()};
    }

    @Test
    public void portsAndSessionsAreToldToWhoSubscribed() throws Exception {
        List<Event> told = new CopyOnWriteArrayList<>();
        ServiceRegistration<EventHandler> handler = context.registerService(EventHandler.class, told::add,
                new Hashtable<>(Map.of("event.topics", new String[] {"org/switchboard/*"})));
        int port = Loopback.freePort();
        ServiceEntry entry = ServiceEntry.builder(Integer.toString(port), Protocol.TCP4, new Origin("test", 1))
                .address("127.0.0.1").port(port).provider("echo", List.of()).build();
        table.publish("events", List.of(entry));
        assertEquals("hello", Loopback.talk(port, "hello"));
        Loopback.await("the end of the session is told", () -> topics(told).contains(ServerEvents.ENDED));
        table.publish("events", List.of());
        Loopback.await("the end of the port is told", () -> topics(told).contains(ServerEvents.CLOSED));

        assertEquals(List.of(ServerEvents.OPENED, ServerEvents.STARTED, ServerEvents.ENDED, ServerEvents.CLOSED), topics(told));
        for (Event event : told) {
            assertEquals(entry.id(), event.getProperty(ServerEvents.SERVICE));
        }
        assertEquals("127.0.0.1:" + port, told.get(0).getProperty(ServerEvents.ENDPOINT));
        assertTrue(told.get(1).getProperty(ServerEvents.REMOTE).toString().startsWith("127.0.0.1:"));
        assertEquals(told.get(1).getProperty(ServerEvents.SESSION), told.get(2).getProperty(ServerEvents.SESSION));
        assertEquals("ok", told.get(2).getProperty(ServerEvents.OUTCOME));
        assertEquals("in=5 out=5", told.get(2).getProperty(ServerEvents.DETAIL));
        assertTrue((Long) told.get(2).getProperty(ServerEvents.MILLIS) >= 0);
        handler.unregister();
    }

    private static List<String> topics(List<Event> told) {
        List<String> topics = new ArrayList<>();
        told.forEach(event -> topics.add(event.getTopic()));
        return topics;
    }
}
