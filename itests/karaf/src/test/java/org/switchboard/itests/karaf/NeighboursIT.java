package org.switchboard.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Installs the .kar into a Karaf that already serves HTTP and has another Netty, as Camel brings it, uses it, and takes it
 * out again. Karaf and HTTP notice nothing, both Nettys work, and nothing stays.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NeighboursIT {

    private static final String EPOLL = "io.netty.transport-classes-epoll";
    private static final String PROGRAM = "/bin/cat";

    @Inject
    private BundleContext context;
    @Inject
    private SessionFactory sessions;
    @Inject
    private ConfigurationAdmin configurations;

    @Configuration
    public Option[] karaf() throws IOException {
        return new Option[] {
            Karaf.plain(new File(System.getProperty("http.repository")).toURI() + "@id=http"),
            systemProperty("features.kar").value(new File(System.getProperty("features.kar")).getCanonicalPath()),
            systemProperty("switchboard.version").value(System.getProperty("switchboard.version")),
            systemProperty("another.netty").value(System.getProperty("another.netty")),
        };
    }

    @Test
    public void itComesFromItsKarAloneAndGoesWithoutATrace() throws Exception {
        Console console = new Console(sessions);
        Loopback.await("Karaf's commands are there",
                () -> console.commands("feature").contains("install") && console.commands("kar").contains("install"));
        int http = serveHttp(console);
        startAnotherNetty();
        Map<Bundle, BundleWiring> neighbours = wirings();
        List<String> disturbed = Collections.synchronizedList(new ArrayList<>());
        SynchronousBundleListener witness = event -> {
            if (neighbours.containsKey(event.getBundle())) {
                disturbed.add(event.getBundle() + " had event " + event.getType());
            }
        };
        context.addBundleListener(witness);
        Trace before = Trace.of(context);

        String installed = console.type("kar:install " + Path.of(System.getProperty("features.kar")).toUri());
        assertEquals("", installed);
        use(console);
        assertNobodyNoticed(neighbours, disturbed, http);

        assertEquals("", console.type("feature:uninstall switchboard"));
        assertEquals("", console.type("kar:uninstall switchboard-" + System.getProperty("switchboard.version")));
        Loopback.await(() -> "this is gone: " + Trace.of(context).beyond(before), () -> Trace.of(context).beyond(before).isEmpty());
        assertEquals("what was there and is not", List.of(), before.withoutThreads().beyond(Trace.of(context)));
        assertNobodyNoticed(neighbours, disturbed, http);
        context.removeBundleListener(witness);
    }

    /** A port of each kind: one of Netty's, and one whose program is started by the spawner. */
    private void use(Console console) throws Exception {
        int echo = Loopback.freePort();
        int program = Loopback.freePort();
        Loopback.await(() -> "the commands are there", () -> console.commands("inetd").contains("reload"));
        Files.writeString(Path.of(System.getProperty("karaf.etc"), "inetd.conf"),
                "127.0.0.1:" + echo + " stream tcp nowait - internal echo\n"
                + "127.0.0.1:" + program + " stream tcp nowait - " + PROGRAM + " cat\n");
        Loopback.await(() -> console.type("inetd:list"), () -> console.type("inetd:reload").contains("failed=0")
                && Loopback.isOpen(echo) && Loopback.isOpen(program));
        assertEquals("hello", Loopback.talk(echo, "hello"));
        assertEquals("world", Loopback.talk(program, "world"));
    }

    private void assertNobodyNoticed(Map<Bundle, BundleWiring> neighbours, List<String> disturbed, int http) throws Exception {
        assertEquals("bundles of Karaf and others that noticed", List.of(), disturbed);
        for (Map.Entry<Bundle, BundleWiring> neighbour : neighbours.entrySet()) {
            assertEquals("wiring of " + neighbour.getKey(), neighbour.getValue(), neighbour.getKey().adapt(BundleWiring.class));
        }
        assertTrue(Loopback.talk(http, "GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 404"));
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().equals(EPOLL)) {
                assertTrue(bundle + " loads its own native library", epollIsAvailable(bundle));
            }
        }
    }

    private int serveHttp(Console console) throws Exception {
        int port = Loopback.freePort();
        Dictionary<String, Object> properties = configurations.getConfiguration("org.ops4j.pax.web", "?").getProperties();
        Dictionary<String, Object> wanted = properties == null ? new Hashtable<>() : properties;
        wanted.put("org.osgi.service.http.port", Integer.toString(port));
        wanted.put("org.ops4j.pax.web.listening.addresses", "127.0.0.1");
        configurations.getConfiguration("org.ops4j.pax.web", "?").update(wanted);
        assertEquals("", console.type("feature:install http"));
        Loopback.await(() -> "HTTP is served on port " + port, () -> Loopback.isOpen(port));
        return port;
    }

    private void startAnotherNetty() throws Exception {
        List<Bundle> bundles = new ArrayList<>();
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("another.netty")))) {
            for (Path jar : jars.sorted().toList()) {
                bundles.add(context.installBundle(jar.toUri().toString()));
            }
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get("Fragment-Host") == null) {
                bundle.start();
            }
        }
        Bundle epoll = bundles.stream().filter(bundle -> bundle.getSymbolicName().equals(EPOLL)).findFirst().orElseThrow();
        assertTrue(epollIsAvailable(epoll));
    }

    private static boolean epollIsAvailable(Bundle epoll) throws ReflectiveOperationException {
        return (Boolean) epoll.loadClass("io.netty.channel.epoll.Epoll").getMethod("isAvailable").invoke(null);
    }

    /**
     * Of everybody but the other Netty. Its bundles import Netty's packages up to version 5, and some of their own without a
     * version, so that Karaf may resolve them anew when a Netty goes; what counts is that it works before and after.
     */
    private Map<Bundle, BundleWiring> wirings() {
        Map<Bundle, BundleWiring> wirings = new HashMap<>();
        Arrays.stream(context.getBundles()).filter(bundle -> !bundle.getSymbolicName().startsWith("io.netty."))
                .forEach(bundle -> wirings.put(bundle, bundle.adapt(BundleWiring.class)));
        return wirings;
    }
}
