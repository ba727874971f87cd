package org.switchboard.itests.felix.provider;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.InetService;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ProviderComesAndGoesIT {

    private static final StreamProvider GREETING =
            session -> session.output().write("good day\r\n".getBytes(StandardCharsets.US_ASCII));

    @Inject
    private BundleContext context;
    @Inject
    private ServiceTable table;
    @Inject
    private SuperServer server;

    @Configuration
    public Option[] server() {
        return new Option[] {Felix.server()};
    }

    @Test
    public void itsOwnPortOpensWithItAndClosesWithIt() throws Exception {
        int port = Loopback.freePort();
        Hashtable<String, Object> properties = named("greeting");
        properties.put(InetService.PORT_PROPERTY, port);
        properties.put(InetService.PROTOCOL_PROPERTY, "tcp");
        assertFalse(Loopback.isOpen(port));

        ServiceRegistration<StreamProvider> provider = context.registerService(StreamProvider.class, GREETING, properties);
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        assertEquals("good day\r\n", Loopback.talk(port, ""));

        provider.unregister();
        Loopback.await("port " + port + " is closed", () -> !Loopback.isOpen(port));
    }

    @Test
    public void anEntryWaitsForItsProviderAndSaysSo() throws Exception {
        int port = Loopback.freePort();
        ServiceEntry entry = ServiceEntry.builder(Integer.toString(port), Protocol.TCP4, new Origin("test", 1))
                .address("127.0.0.1").port(port).provider("latecomer", List.of()).build();
        table.publish("late", List.of(entry));
        assertEquals(EntryState.WAITING, server.service(entry.id()).state);
        assertTrue(server.service(entry.id()).reason, server.service(entry.id()).reason.contains("'latecomer'"));

        ServiceRegistration<StreamProvider> provider =
                context.registerService(StreamProvider.class, GREETING, named("latecomer"));
        Loopback.await("the provider is used", () -> Loopback.isOpen(port));
        assertEquals("good day\r\n", Loopback.talk(port, ""));

        provider.unregister();
        table.publish("late", List.of());
        assertFalse(Loopback.isOpen(port));
    }

    @Test
    public void clientsWaitInTheQueueWhileTheProviderIsAway() throws Exception {
        int port = Loopback.freePort();
        ServiceRegistration<StreamProvider> before = context.registerService(StreamProvider.class, GREETING, named("replaced"));
        table.publish("replaced", List.of(ServiceEntry
                .builder(Integer.toString(port), Protocol.TCP4, new Origin("test", 1))
                .address("127.0.0.1").port(port).provider("replaced", List.of()).build()));
        assertEquals("good day\r\n", Loopback.talk(port, ""));

        before.unregister();
        try (Socket client = Loopback.connect(port)) {
            StreamProvider next = session -> session.output().write("new day\r\n".getBytes(StandardCharsets.US_ASCII));
            ServiceRegistration<StreamProvider> after = context.registerService(StreamProvider.class, next, named("replaced"));
            assertEquals("new day\r\n", new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            after.unregister();
        }
        table.publish("replaced", List.of());
    }

    private static Hashtable<String, Object> named(String name) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(ProviderName.PROPERTY, name);
        return properties;
    }
}
