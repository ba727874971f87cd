package org.switchboard.itests.felix.update;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.URL;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.switchboard.api.runtime.ProviderDTO;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;

/** Two versions of a provider for long sessions. */
@RunWith(PaxExam.class)
public class SideBySideIT {

    private static final String ECHO = "org.switchboard.provider.echo";
    private static final String NEWER = "99.0.0";

    @Inject
    private BundleContext context;
    @Inject
    private ConfigurationAdmin configurations;

    @Configuration
    public Option[] server() {
        return new Option[] {Felix.server()};
    }

    @Test
    public void theNewerTakesTheArrivalsAndTheOlderIsUninstalledWhenItsLastSessionIsOver() throws Exception {
        DispatcherSettings.set(context, configurations, Map.of("retire.seconds", 0));
        int port = Loopback.freePort();
        configurations.createFactoryConfiguration("org.switchboard.service", "?").update(new Hashtable<>(
                Map.of("name", port, "address", "127.0.0.1", "provider", "echo")));
        Bundle older = bundle(ECHO);
        WeakReference<ClassLoader> oldCode = new WeakReference<>(older.adapt(BundleWiring.class).getClassLoader());
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        Optional<String> inode = Loopback.listenerInode(port);

        try (Socket longSession = Loopback.connect(port)) {
            Clients.ping(longSession, "begins with the older");
            Bundle newer = installNewer(older);
            Loopback.await("the newer serves", () -> provider(NEWER).active);
            assertEquals("served by the newer", Loopback.talk(port, "served by the newer"));
            Loopback.await("it was the newer", () -> provider(NEWER).starts > 0);
            Clients.ping(longSession, "goes on with the older");
            assertEquals(1, provider(older.getVersion().toString()).sessions);
            assertEquals(Bundle.ACTIVE, older.getState());
            assertEquals(Bundle.ACTIVE, newer.getState());
        }

        Loopback.await("the older is gone", () -> older.getState() == Bundle.UNINSTALLED);
        assertEquals("still served", Loopback.talk(port, "still served"));
        assertEquals("the listening socket is the same", inode, Loopback.listenerInode(port));
        Loopback.await("its code is gone, too", () -> {
            System.gc();
            return oldCode.get() == null;
        });
    }

    private ProviderDTO provider(String version) {
        SuperServer server = context.getService(context.getServiceReference(SuperServer.class));
        List<ProviderDTO> found = server.providers().stream().filter(dto -> dto.bundle.equals(ECHO + " " + version)
                && dto.kinds.contains("channel")).toList();
        return found.isEmpty() ? new ProviderDTO() : found.get(0);
    }

    private Bundle bundle(String name) {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new AssertionError("no bundle " + name);
    }

    /** The same bundle with another version. */
    private Bundle installNewer(Bundle older) throws Exception {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(new URL(older.getLocation()).openStream())) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, NEWER);
            copy(in, new JarOutputStream(jar, manifest));
        }
        try (InputStream bytes = new ByteArrayInputStream(jar.toByteArray())) {
            Bundle newer = context.installBundle("newer-echo", bytes);
            newer.start();
            return newer;
        }
    }

    private static void copy(JarInputStream in, JarOutputStream out) throws IOException {
        try (out) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                out.putNextEntry(new JarEntry(entry.getName()));
                in.transferTo(out);
            }
        }
    }
}
