package org.switchboard.itests.felix.reload;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;

@RunWith(PaxExam.class)
public class ReloadKeepsPortsIT {

    private static final String CONF = "switchboard.conf";

    @Inject
    private BundleContext context;
    @Inject
    private SuperServer server;

    @Configuration
    public Option[] server() throws IOException {
        Path conf = Files.createTempFile(Path.of("target").toAbsolutePath(), "inetd", ".conf");
        return new Option[] {frameworkProperty(CONF).value(conf.toString()), Felix.server()};
    }

    @Test
    public void anUnchangedPortIsNotTouchedAndItsQueueIsServed() throws Exception {
        int kept = Loopback.freePort();
        int removed = Loopback.freePort();
        int added = Loopback.freePort();
        StreamProvider first = session -> session.output().write('1');
        ServiceRegistration<StreamProvider> provider = register(first);
        reload(line(kept), line(removed));
        assertEquals("1", Loopback.talk(kept, ""));
        Optional<String> inode = Loopback.listenerInode(kept);
        provider.unregister();

        try (Socket queued = Loopback.connect(kept)) {
            ReloadReport report = reload("# one comes, one goes", line(added), line(kept));
            assertEquals(1, report.closed());
            assertEquals(0, report.updated());
            assertEquals(inode, Loopback.listenerInode(kept));
            assertFalse(Loopback.isOpen(removed));

            StreamProvider second = session -> session.output().write('2');
            provider = register(second);
            assertEquals("2", new String(queued.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
        Loopback.await("port " + added + " is open", () -> Loopback.isOpen(added));
        assertEquals("2", Loopback.talk(added, ""));
        provider.unregister();
    }

    private ServiceRegistration<StreamProvider> register(StreamProvider provider) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(ProviderName.PROPERTY, "digit");
        return context.registerService(StreamProvider.class, provider, properties);
    }

    private ReloadReport reload(String... lines) throws IOException {
        Files.write(Path.of(context.getProperty(CONF)), List.of(lines));
        return server.reload();
    }

    private static String line(int port) {
        return "127.0.0.1:" + port + " stream tcp4 nowait - internal digit";
    }
}
