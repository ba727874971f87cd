package org.switchboard.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.File;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Lines that name an artifact, which Karaf resolves, in the place of a provider. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NamedBundleIT {

    private static final String NAME = "org.switchboard.example.qotd";

    @Inject
    private BundleContext context;
    @Inject
    private SessionFactory sessions;

    @Configuration
    public Option[] karaf() throws IOException {
        return new Option[] {
            Karaf.with("switchboard"),
            systemProperty("switchboard.version").value(System.getProperty("switchboard.version")),
            systemProperty("example.bundle").value(new File(System.getProperty("example.bundle")).getCanonicalPath()),
        };
    }

    @Test
    public void anArtifactIsInstalledWithItsFirstClient() throws Exception {
        String version = System.getProperty("switchboard.version");
        String location = "mvn:org.switchboard/" + NAME + "/" + version;
        Path folder = Files.createDirectories(Path.of(System.getProperty("karaf.home"), "system/org/switchboard", NAME, version));
        Files.copy(Path.of(System.getProperty("example.bundle")), folder.resolve(NAME + "-" + version + ".jar"));
        int port = Loopback.freePort();
        Console console = serve(port, location + "#qotd");
        String waiting = console.type("inetd:list");
        assertTrue(waiting, waiting.contains("its bundle is installed with the first client"));
        assertNull(context.getBundle(location));

        assertTrue(Loopback.talk(port, "").endsWith("\r\n"));
        assertEquals(Bundle.ACTIVE, context.getBundle(location).getState());
        assertTrue(console.type("inetd:show " + port), console.type("inetd:show " + port).contains(location));

        context.getBundle(location).uninstall();
        assertTrue(Loopback.talk(port, "").endsWith("\r\n"));
        context.getBundle(location).uninstall();
    }

    @Test
    public void anArtifactThatIsNowhereTurnsItsClientAwayAndSaysSo() throws Exception {
        int port = Loopback.freePort();
        Console console = serve(port, "mvn:org.example/nowhere/1.0");
        assertEquals("", whatATurnedAwayClientSees(port));
        String failed = "(?s).*" + port + "/tcp\\S* +failed .*org.example/nowhere/1.0' cannot be installed.*";
        Loopback.await(() -> console.type("inetd:list"), () -> console.type("inetd:list").matches(failed));
    }

    private static String whatATurnedAwayClientSees(int port) throws IOException {
        try {
            return Loopback.talk(port, "");
        } catch (SocketException reset) {
            return "";
        }
    }

    /** One line in the file of the feature. */
    private Console serve(int port, String provider) throws Exception {
        Console console = new Console(sessions);
        Loopback.await("the commands are there", () -> console.commands("inetd").contains("reload"));
        Files.writeString(Path.of(System.getProperty("karaf.etc"), "inetd.conf"),
                "127.0.0.1:" + port + " stream tcp nowait - internal " + provider + "\n");
        Loopback.await(() -> console.type("inetd:list"),
                () -> console.type("inetd:reload").contains("failed=0") && console.type("inetd:list").contains(port + "/tcp"));
        return console;
    }
}
