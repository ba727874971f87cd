package org.switchboard.itests.felix.misbehaviour;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.InetService;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.FailedProviderDTO;
import org.switchboard.api.runtime.ProviderDTO;
import org.switchboard.api.runtime.RegistrationFailure;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class BadProvidersIT {

    private static final StreamProvider GREETING =
            session -> session.output().write("good day\r\n".getBytes(StandardCharsets.US_ASCII));

    @Inject
    private BundleContext context;
    @Inject
    private ServiceTable table;
    @Inject
    private SuperServer server;

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private int bad;
    private int neighbour;

    @Configuration
    public Option[] server() {
        return new Option[] {Felix.server()};
    }

    @Before
    public void openTwoPorts() throws Exception {
        bad = Loopback.freePort();
        neighbour = Loopback.freePort();
        provide("neighbour", GREETING, 0);
        table.publish("test", List.of(entry(bad, "bad"), entry(neighbour, "neighbour")));
    }

    @After
    public void closeThem() {
        table.publish("test", List.of());
        registrations.forEach(registration -> {
            try {
                registration.unregister();
            } catch (IllegalStateException gone) {
                // The test did it.
                return;
            }
        });
    }

    @Test
    public void oneThatThrowsInItsConstructorIsSuspendedAfterFiveClientsAndComesBack() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        provide("bad", new ServiceFactory<StreamProvider>() {
            @Override
            public StreamProvider getService(Bundle bundle, ServiceRegistration<StreamProvider> registration) {
                if (broken.get()) {
                    throw new IllegalStateException("broken constructor");
                }
                return GREETING;
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<StreamProvider> registration, StreamProvider service) {
            }
        }, 0);
        AtomicReference<String> seen = new AtomicReference<>("");
        Loopback.await("the entry is suspended", () -> {
            if (server.service(id(bad)).state == EntryState.SUSPENDED) {
                seen.set(server.service(id(bad)).reason);
                return true;
            }
            // One more client; where the port is closed already, the next look sees why.
            Loopback.isOpen(bad);
            return false;
        });
        assertTrue(seen.get(), seen.get().contains("times in a row; provider 'bad' of ")
                && seen.get().contains(context.getBundle().getSymbolicName()));
        assertEquals(RegistrationFailure.NOT_GETTABLE, failure("bad").reason);
        assertTrue(provider("bad").failures >= 5);
        assertEquals("good day\r\n", Loopback.talk(neighbour, ""));

        broken.set(false);
        Loopback.await("it is tried again", () -> server.service(id(bad)).state != EntryState.SUSPENDED);
        Loopback.await("it serves", () -> Loopback.isOpen(bad) && Loopback.talk(bad, "").equals("good day\r\n"));
        Loopback.await("its faults are forgotten", () -> failures("bad").isEmpty());
    }

    @Test
    public void oneThatNeverComesBackKeepsItsOwnClientsOnlyAndIsCutWhenItGoes() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        ServiceRegistration<?> registration = provide("bad", (StreamProvider) session -> {
            while (forever.getCount() > 0) {
                try {
                    forever.await();
                } catch (InterruptedException deaf) {
                    continue;
                }
            }
        }, 0);
        Loopback.await("the port is open", () -> Loopback.isOpen(bad));
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            clients.add(Loopback.connect(bad));
        }
        Loopback.await("all of them are sessions", () -> server.service(id(bad)).sessions >= 30);
        assertEquals("good day\r\n", Loopback.talk(neighbour, ""));

        assertTrue(server.end(id(bad)) >= 30);
        for (Socket client : clients) {
            assertEquals(-1, client.getInputStream().read());
            client.close();
        }
        Loopback.await("the sessions are over", () -> server.service(id(bad)).sessions == 0);
        forever.countDown();
        registration.unregister();
        assertEquals("good day\r\n", Loopback.talk(neighbour, ""));
    }

    @Test
    public void oneThatLeaksItsConnectionAnswersLateOrClosesTwiceHarmsNobody() throws Exception {
        AtomicReference<OutputStream> leaked = new AtomicReference<>();
        ServiceRegistration<?> registration = provide("bad", (StreamProvider) session -> {
            leaked.set(session.output());
            session.output().write('1');
            session.output().close();
            session.output().close();
            session.input().close();
            session.input().close();
        }, 0);
        Loopback.await("it answers", () -> Loopback.isOpen(bad) && Loopback.talk(bad, "").equals("1"));
        registration.unregister();
        try {
            leaked.get().write(new byte[100_000]);
            leaked.get().flush();
        } catch (IOException closed) {
            assertFalse(String.valueOf(closed.getMessage()).isEmpty());
        }
        assertEquals("good day\r\n", Loopback.talk(neighbour, ""));
    }

    @Test
    public void registrationsThatCannotServeSayWhy() throws Exception {
        provide("first", GREETING, 5);
        provide("first", GREETING, 0);
        registrations.add(context.registerService(StreamProvider.class, GREETING, new Hashtable<>()));
        endpoint("badport", "many", "tcp");
        endpoint("badprotocol", Loopback.freePort(), "tpc");
        endpoint("nodatagrams", Loopback.freePort(), "udp");
        Loopback.await("all are listed", () -> failures("badport").size() + failures("badprotocol").size()
                + failures("nodatagrams").size() + failures("first").size() + failures("").size() == 5);

        assertEquals(RegistrationFailure.SHADOWED, failure("first").reason);
        assertTrue(failure("first").detail, failure("first").detail.contains("with ranking 5 comes before it"));
        assertEquals(RegistrationFailure.NO_NAME, failure("").reason);
        assertEquals(RegistrationFailure.BAD_ENDPOINT, failure("badport").reason);
        assertEquals(RegistrationFailure.BAD_ENDPOINT, failure("badprotocol").reason);
        assertEquals(RegistrationFailure.WRONG_KIND, failure("nodatagrams").reason);
    }

    private void endpoint(String name, Object port, String protocol) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(ProviderName.PROPERTY, name);
        properties.put(InetService.PORT_PROPERTY, port);
        properties.put(InetService.PROTOCOL_PROPERTY, protocol);
        registrations.add(context.registerService(StreamProvider.class, GREETING, properties));
    }

    private ServiceRegistration<?> provide(String name, Object provider, int ranking) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(ProviderName.PROPERTY, name);
        properties.put(Constants.SERVICE_RANKING, ranking);
        ServiceRegistration<?> registration = context.registerService(StreamProvider.class.getName(), provider, properties);
        registrations.add(registration);
        return registration;
    }

    private List<FailedProviderDTO> failures(String name) {
        return server.failedProviders().stream().filter(failed -> failed.name.equals(name)).toList();
    }

    private FailedProviderDTO failure(String name) {
        return failures(name).get(0);
    }

    private ProviderDTO provider(String name) {
        return server.providers().stream().filter(provider -> provider.name.equals(name)).findFirst().orElseThrow();
    }

    private static String id(int port) {
        return port + "/tcp4@127.0.0.1";
    }

    private static ServiceEntry entry(int port, String provider) {
        return ServiceEntry.builder(Integer.toString(port), Protocol.TCP4, new Origin("test", 1)).address("127.0.0.1").port(port)
                .provider(provider, List.of()).build();
    }
}
