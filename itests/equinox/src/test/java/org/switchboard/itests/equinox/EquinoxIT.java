package org.switchboard.itests.equinox;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import javax.inject.Inject;
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
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.provider.InetService;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.runtime.SuperServer;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class EquinoxIT {

    private static final long DEADLINE_MILLIS = 90_000;

    @Inject
    private BundleContext context;
    @Inject
    private SuperServer server;

    @Configuration
    public Option[] equinox() throws IOException {
        File[] jars = new File("target/bundles").listFiles((folder, name) -> name.endsWith(".jar"));
        Arrays.sort(jars);
        Path state = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "state");
        Path conf = Files.createFile(state.resolve("inetd.conf"));
        List<Option> options = new ArrayList<>(List.of(junitBundles(),
                frameworkProperty("switchboard.state").value(state.toString()),
                frameworkProperty("switchboard.conf").value(conf.toString()),
                frameworkProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN")));
        for (File jar : jars) {
            try (JarFile file = new JarFile(jar)) {
                boolean fragment = file.getManifest().getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
                options.add(fragment ? bundle(jar.toURI().toString()).noStart() : bundle(jar.toURI().toString()));
            }
        }
        return new Option[] {composite(options.toArray(Option[]::new))};
    }

    @Test
    public void thisIsEquinoxAndEveryBundleRuns() {
        assertEquals("Eclipse", context.getProperty(Constants.FRAMEWORK_VENDOR));
        assertEquals(List.of(), notRunning());
    }

    private List<Bundle> notRunning() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.switchboard."))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING).toList();
    }

    /** Not of the API, which this test itself imports. */
    @Test
    public void everyBundleRunsAgainAfterARefresh() throws Exception {
        for (String name : List.of("netty", "posix", "provider.echo", "refresh")) {
            Bundle bundle = Arrays.stream(context.getBundles())
                    .filter(one -> one.getSymbolicName().equals("org.switchboard." + name)).findFirst().orElseThrow();
            CountDownLatch refreshed = new CountDownLatch(1);
            context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
            assertTrue(name, refreshed.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS));
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
            while (!notRunning().isEmpty()) {
                assertTrue(name + ": " + notRunning(), System.nanoTime() < end);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    public void aFileOpensPortsOfProvidersAndPrograms() throws Exception {
        int echo = freePort();
        int program = freePort();
        Files.writeString(Path.of(context.getProperty("switchboard.conf")),
                "127.0.0.1:" + echo + " stream tcp nowait - internal echo\n"
                + "127.0.0.1:" + program + " stream tcp nowait - /bin/cat cat\n");
        ReloadReport report = server.reload();
        assertEquals(report.toString(), 2, report.opened());
        assertEquals("hello", talk(echo, "hello"));
        assertEquals("world", talk(program, "world"));
    }

    @Test
    public void aProviderOpensItsPortAndClosesIt() throws Exception {
        int port = freePort();
        StreamProvider answer = session -> session.output().write("42".getBytes(StandardCharsets.US_ASCII));
        ServiceRegistration<StreamProvider> provider = context.registerService(StreamProvider.class, answer,
                new Hashtable<>(Map.of(ProviderName.PROPERTY, "answer", InetService.PORT_PROPERTY, port)));
        assertEquals("42", talk(port, ""));
        provider.unregister();
        long end = System.currentTimeMillis() + DEADLINE_MILLIS;
        while (isOpen(port)) {
            assertTrue("port " + port + " stays open", System.currentTimeMillis() < end);
            Thread.onSpinWait();
        }
    }

    @Test
    public void theDispatcherStopsAndStarts() throws Exception {
        Bundle dispatcher = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.switchboard.dispatcher")).findFirst().orElseThrow();
        dispatcher.stop();
        dispatcher.start();
        ServiceTracker<SuperServer, SuperServer> tracker = new ServiceTracker<>(context, SuperServer.class, null);
        tracker.open();
        assertTrue(tracker.waitForService(DEADLINE_MILLIS) != null);
        tracker.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    private static boolean isOpen(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (SocketException refusedOrCut) {
            return false;
        }
    }

    /** Tries again until the port is open, sends, closes its side, and reads until the server closes too. */
    private static String talk(int port, String text) throws IOException {
        long end = System.currentTimeMillis() + DEADLINE_MILLIS;
        while (!isOpen(port)) {
            assertTrue("port " + port + " does not open", System.currentTimeMillis() < end);
            Thread.onSpinWait();
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) DEADLINE_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
