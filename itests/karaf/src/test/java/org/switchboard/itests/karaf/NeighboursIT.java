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
import java.util.Set;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
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
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Beside HTTP and another Netty, as Camel brings it: whoever came first, nobody is wired to the other's Netty, none of the others
 * notices that we come and go, and nothing stays. Karaf's own feature scr comes with ours in one test and is there before
 * in the other.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NeighboursIT {

    private static final String OURS = "org.switchboard.";
    private static final String OUR_NETTY = "org.switchboard.netty.transport";
    private static final String PROGRAM = "/bin/cat";

    /** The first test installs it. */
    private static int http;

    private final List<String> disturbed = Collections.synchronizedList(new ArrayList<>());

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

    @Before
    public void serveHttp() throws Exception {
        Console console = new Console(sessions);
        Loopback.await("Karaf's commands are there",
                () -> console.commands("feature").contains("install") && console.commands("kar").contains("install"));
        if (http == 0) {
            http = Loopback.freePort();
            Dictionary<String, Object> properties = configurations.getConfiguration("org.ops4j.pax.web", "?").getProperties();
            Dictionary<String, Object> wanted = properties == null ? new Hashtable<>() : properties;
            wanted.put("org.osgi.service.http.port", Integer.toString(http));
            wanted.put("org.ops4j.pax.web.listening.addresses", "127.0.0.1");
            configurations.getConfiguration("org.ops4j.pax.web", "?").update(wanted);
            assertEquals("", console.type("feature:install http"));
            Loopback.await(() -> "HTTP is served on port " + http, () -> Loopback.isOpen(http));
        }
    }

    @Test
    public void itComesFromItsKarToOthersAndGoesWithoutATrace() throws Exception {
        Console console = new Console(sessions);
        Neighbour neighbour = new Neighbour(context);
        assertServes(neighbour);
        Trace before = Trace.of(context);
        Map<Bundle, BundleWiring> others = others();
        SynchronousBundleListener witness = witness(others);

        install(console);
        use(console);
        assertApart();
        assertServes(neighbour);
        assertNobodyNoticed(others);

        uninstall(console);
        Loopback.await(() -> "this is gone: " + Trace.of(context).beyond(before), () -> Trace.of(context).beyond(before).isEmpty());
        assertEquals("what was there and is not", List.of(), before.withoutThreads().beyond(Trace.of(context)));
        assertServes(neighbour);
        assertNobodyNoticed(others);
        context.removeBundleListener(witness);
        neighbour.uninstall(context);
    }

    @Test
    public void whoComesLaterHasANettyOfHisOwnAndKeepsItWhenOursGoes() throws Exception {
        Console console = new Console(sessions);
        assertEquals("", console.type("feature:install scr"));
        Set<Bundle> before = others().keySet();
        install(console);
        use(console);
        Neighbour neighbour = new Neighbour(context);
        assertApart();
        assertServes(neighbour);
        use(console);
        Map<Bundle, BundleWiring> others = others();
        others.keySet().removeIf(bundle -> !before.contains(bundle) && !Neighbour.has(bundle));
        SynchronousBundleListener witness = witness(others);

        uninstall(console);
        assertServes(neighbour);
        assertNobodyNoticed(others);
        context.removeBundleListener(witness);
        neighbour.uninstall(context);
        assertEquals("", console.type("feature:uninstall scr"));
    }

    private void install(Console console) {
        assertEquals("", console.type("kar:install " + Path.of(System.getProperty("features.kar")).toUri()));
    }

    private void uninstall(Console console) {
        assertEquals("", console.type("feature:uninstall switchboard"));
        assertEquals("", console.type("kar:uninstall switchboard-" + System.getProperty("switchboard.version")));
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
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().equals(OUR_NETTY)) {
                assertTrue((Boolean) bundle.loadClass("io.netty.channel.epoll.Epoll").getMethod("isAvailable").invoke(null));
            }
        }
    }

    private static void assertServes(Neighbour neighbour) throws Exception {
        neighbour.assertItLoadsItsOwnNativeLibrary();
        assertEquals("neighbour", Loopback.talk(neighbour.port(), "neighbour"));
    }

    /** By every wire there is, those that DynamicImport-Package made and those of fragments as well. */
    private void assertApart() {
        List<String> crossing = new ArrayList<>();
        int within = 0;
        for (Bundle bundle : context.getBundles()) {
            for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(null)) {
                Bundle provider = wire.getProvider().getBundle();
                boolean theirs = Neighbour.has(provider);
                if (theirs || provider.getSymbolicName().equals(OUR_NETTY)) {
                    within++;
                    if (theirs ? !Neighbour.has(bundle) : !bundle.getSymbolicName().startsWith(OURS)) {
                        crossing.add(bundle + " has from " + provider + ": " + wire.getCapability());
                    }
                }
            }
        }
        assertEquals("wires to somebody else's Netty", List.of(), crossing);
        assertTrue(within + " wires to a Netty", within > 20);
    }

    private void assertNobodyNoticed(Map<Bundle, BundleWiring> others) throws Exception {
        assertEquals("bundles of Karaf and others that noticed", List.of(), disturbed);
        for (Map.Entry<Bundle, BundleWiring> other : others.entrySet()) {
            assertEquals("wiring of " + other.getKey(), other.getValue(), other.getKey().adapt(BundleWiring.class));
        }
        assertTrue(Loopback.talk(http, "GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 404"));
    }

    /** Notes down what happens to others; to be removed. */
    private SynchronousBundleListener witness(Map<Bundle, BundleWiring> others) {
        SynchronousBundleListener witness = event -> {
            if (others.containsKey(event.getBundle())) {
                disturbed.add(event.getBundle() + " had event " + event.getType());
            }
        };
        context.addBundleListener(witness);
        return witness;
    }

    /** Every bundle that is not of ours; Karaf's features that ours needs are among them when they are there. */
    private Map<Bundle, BundleWiring> others() {
        Map<Bundle, BundleWiring> others = new HashMap<>();
        Arrays.stream(context.getBundles()).filter(bundle -> !bundle.getSymbolicName().startsWith(OURS))
                .forEach(bundle -> others.put(bundle, bundle.adapt(BundleWiring.class)));
        return others;
    }
}
