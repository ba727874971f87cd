package org.switchboard.itests.felix.update;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;

/** A dispatcher that is updated while a session goes on for longer than the port would be kept. */
@RunWith(PaxExam.class)
public class DispatcherDrainsIT {

    private static final Duration DRAIN = Duration.ofSeconds(3);

    /** Down when a session was asked to come to its end: nobody is accepted any more by then. */
    private final CountDownLatch asked = new CountDownLatch(1);

    /** Sends everything back, and does not come to its end when it is asked to. */
    private final StreamProvider deaf = session -> {
        session.onDrain(asked::countDown);
        for (int next = session.input().read(); next >= 0; next = session.input().read()) {
            session.output().write(next);
            session.output().flush();
        }
    };

    @Inject
    private BundleContext context;
    @Inject
    private ConfigurationAdmin configurations;

    @Configuration
    public Option[] server() {
        return new Option[] {Felix.server()};
    }

    @Test
    public void itsSessionsHaveTheirTimeAndItsPortStaysOpen() throws Exception {
        DispatcherSettings.set(context, configurations, Map.of("drain.timeout.seconds", DRAIN.toSeconds(), "replace.grace.seconds", 1));
        context.registerService(StreamProvider.class, deaf, new Hashtable<>(Map.of(ProviderName.PROPERTY, "deaf")));
        int port = Loopback.freePort();
        configurations.createFactoryConfiguration("org.switchboard.service", "?").update(new Hashtable<>(
                Map.of("name", port, "address", "127.0.0.1", "provider", "deaf")));
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        ServiceTable table = context.getService(context.getServiceReference(ServiceTable.class));
        int latePort = Loopback.freePort();
        ServiceEntry late = ServiceEntry.builder("late", Protocol.TCP, new Origin("late", 1)).provider("deaf", List.of())
                .address("127.0.0.1").port(latePort).build();
        Optional<String> inode = Loopback.listenerInode(port);

        try (Socket longSession = Loopback.connect(port)) {
            Clients.ping(longSession, "before");
            long begin = System.nanoTime();
            CompletableFuture<Void> update = CompletableFuture.runAsync(this::updateDispatcher);
            assertTrue(asked.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS));
            table.publish("late", List.of(late));
            try (Socket queued = Loopback.connect(port)) {
                Clients.ping(longSession, "while the dispatcher waits for it");
                assertEquals("it is cut", -1, longSession.getInputStream().read());
                assertTrue("not before its time", System.nanoTime() - begin >= DRAIN.toNanos());
                update.get(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS);
                Clients.ping(queued, "served by the next dispatcher");
            }
        }
        assertEquals("the listening socket is the same", inode, Loopback.listenerInode(port));
        assertEquals("what is published while it stops is not opened", Optional.empty(), Loopback.listenerInode(latePort));
    }

    private void updateDispatcher() {
        for (Bundle bundle : context.getBundles()) {
            if ("org.switchboard.dispatcher".equals(bundle.getSymbolicName())) {
                try {
                    bundle.update();
                } catch (BundleException failed) {
                    throw new AssertionError(failed);
                }
            }
        }
    }
}
