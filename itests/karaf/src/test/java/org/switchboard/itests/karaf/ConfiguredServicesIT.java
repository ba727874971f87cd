package org.switchboard.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SuperServer;

/** Services defined in each of the ways in which people configure Karaf. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConfiguredServicesIT {

    private static final String FACTORY = "org.switchboard.service";

    @Inject
    private BundleContext context;
    @Inject
    private SessionFactory sessions;
    @Inject
    private SuperServer server;

    @Configuration
    public Option[] karaf() {
        return new Option[] {Karaf.with("switchboard")};
    }

    @Test
    public void aFileInEtcIsAService() throws Exception {
        int port = Loopback.freePort();
        Path file = Path.of(System.getProperty("karaf.etc"), FACTORY + "-dropped.cfg");
        Files.write(file, List.of("name = " + port, "address = 127.0.0.1", "provider = echo"));
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        assertEquals("from a file", Loopback.talk(port, "from a file"));
        assertEquals(file.toString(), server.service(port + "/tcp").origin);

        Files.delete(file);
        Loopback.await("port " + port + " is closed", () -> !Loopback.isOpen(port));
    }

    /** With a tilde in its name, in UTF-8 with and without a byte order mark, and in Latin-1. */
    @Test
    public void aFileInEtcMayHaveATildeInItsNameAndIsReadInItsCharset() throws Exception {
        String text = "address = 127.0.0.1\nprogram = /bin/echo\nuser = -\narguments = caf\u00e9\n";
        Path file = Path.of(System.getProperty("karaf.etc"), FACTORY + "~accent.cfg");
        for (byte[] content : List.of(text.getBytes(StandardCharsets.UTF_8), ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.ISO_8859_1))) {
            int port = Loopback.freePort();
            Files.write(file, content);
            Files.write(file, ("port = " + port + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
            Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
            List<String> arguments = server.service("accent").arguments;
            assertEquals("caf\u00e9", arguments.get(arguments.size() - 1));
            assertEquals(file.toString(), server.service("accent").origin);
        }
        Files.delete(file);
        Loopback.await("the service is gone", () -> !new Console(sessions).type("inetd:list").contains("accent"));
    }

    @Test
    public void aFileInEtcThatNamesNoServiceIsAFailedServiceAndCostsNoOther() throws Exception {
        int port = Loopback.freePort();
        Console console = new Console(sessions);
        Path nameless = Path.of(System.getProperty("karaf.etc"), FACTORY + ".cfg");
        Files.write(nameless, List.of("port = " + port, "address = 127.0.0.1", "provider = echo"));
        Pattern row = Pattern.compile("(?m)^" + port + "/tcp\\S* +failed .*the name of the file names no service");
        Loopback.await(() -> console.type("inetd:list"), () -> row.matcher(console.type("inetd:list")).find());
        Path named = Path.of(System.getProperty("karaf.etc"), FACTORY + "-named.cfg");
        Files.write(named, List.of("port = " + port, "address = 127.0.0.1", "provider = echo"));
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        Files.delete(nameless);
        Files.delete(named);
        Loopback.await("port " + port + " is closed", () -> !Loopback.isOpen(port));
    }

    @Test
    public void whatIsWrongWithAFileInDeployIsListed() throws Exception {
        Path deploy = Files.createDirectories(Path.of(System.getProperty("karaf.base"), "deploy"));
        List<Path> files = List.of(deploy.resolve("broken.jar"), deploy.resolve("empty.jar"), deploy.resolve("nobundle.jar"),
                deploy.resolve("unresolved.jar"));
        Files.writeString(files.get(0), "no jar");
        Files.createFile(files.get(1));
        new JarOutputStream(Files.newOutputStream(files.get(2)), new Manifest()).close();
        Files.write(files.get(3), bundle("org.example.unresolved", "1.0.0", "com.nowhere"));

        awaitDeployed("broken.jar +- +- +not a whole jar file");
        awaitDeployed("empty.jar +- +- +not a whole jar file");
        awaitDeployed("nobundle.jar +- +- +not a bundle");
        awaitDeployed("unresolved.jar +org.example.unresolved 1.0.0 +installed +does not resolve");
        for (Path file : files) {
            Files.delete(file);
        }
        Loopback.await("the bundle is gone", () -> !new Console(sessions).type("inetd:deployed").contains("unresolved"));
    }

    /** Karaf's own FileInstall would uninstall it. */
    @Test
    public void aJarOfAServiceThatIsWrittenOverStaysInstalledUntilTheNextIsWholeAndResolves() throws Exception {
        Path jar = Files.createDirectories(Path.of(System.getProperty("karaf.base"), "deploy")).resolve("service.jar");
        Files.write(jar, bundle("org.example.service", "1.0.0", "org.switchboard.api.provider"));
        awaitDeployed("service.jar +org.example.service 1.0.0 +active *$");
        long id = bundleId("org.example.service");

        byte[] next = bundle("org.example.service", "2.0.0", "org.switchboard.api.provider");
        Files.write(jar, Arrays.copyOf(next, next.length / 2));
        awaitDeployed("service.jar +org.example.service 1.0.0 +active +not a whole jar file.*; org.example.service 1.0.0 stays and runs");
        Files.write(jar, next);
        awaitDeployed("service.jar +org.example.service 2.0.0 +active *$");
        Files.write(jar, bundle("org.example.service", "3.0.0", "org.switchboard.api.provider,com.nowhere"));
        awaitDeployed("service.jar +org.example.service 2.0.0 +active +org.example.service 3.0.0 does not resolve: .*com.nowhere.*"
                + "; org.example.service 2.0.0 stays and runs");
        assertEquals(id, bundleId("org.example.service"));
        Files.delete(jar);
        Loopback.await("the bundle is gone", () -> bundleId("org.example.service") < 0);
    }

    private long bundleId(String name) {
        return Stream.of(context.getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName()))
                .mapToLong(Bundle::getBundleId).findFirst().orElse(-1);
    }

    private static byte[] bundle(String name, String version, String imports) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        manifest.getMainAttributes().putValue("Import-Package", imports);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return bytes.toByteArray();
    }

    private void awaitDeployed(String row) throws Exception {
        Pattern wanted = Pattern.compile("(?m)/" + row);
        Console console = new Console(sessions);
        Loopback.await(() -> row + " in:\n" + console.type("inetd:deployed"),
                () -> wanted.matcher(console.type("inetd:deployed")).find());
    }

    @Test
    public void whatABundleBringsForTheConfiguratorIsAService() throws Exception {
        int port = Loopback.freePort();
        Bundle bundle = context.installBundle("configurator:test", new ByteArrayInputStream(configuring(port)));
        bundle.start();
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        assertEquals("by JSON", Loopback.talk(port, "by JSON"));

        bundle.uninstall();
        Loopback.await("port " + port + " is closed", () -> !Loopback.isOpen(port));
    }

    @Test
    public void whatIsTypedAtTheConsoleIsAServiceUntilItIsDeleted() throws Exception {
        int port = Loopback.freePort();
        assertEquals("", define("typed", "name " + port, "address 127.0.0.1", "provider echo"));
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        assertEquals("typed", Loopback.talk(port, "typed"));
        assertTrue(Files.readString(file("typed")).contains("provider = echo"));

        assertEquals("", new Console(sessions).type("config:delete " + pid(server.service(port + "/tcp"))));
        Loopback.await("port " + port + " is closed", () -> !Loopback.isOpen(port));
        Loopback.await("the file is gone", () -> !Files.exists(file("typed")));
    }

    @Test
    public void aBadValueIsAFailedServiceAndCostsNobodyElse() throws Exception {
        int port = Loopback.freePort();
        Console console = new Console(sessions);
        assertEquals("", define("good", "name " + port, "address 127.0.0.1", "provider echo"));
        assertEquals("", define("bad", "port many", "provider echo"));
        Pattern finding = Pattern.compile(Pattern.quote(file("bad") + " (" + FACTORY) + "\\S+\\): error: 'port' must be a number from 0 to 65535, not 'many'; service skipped");
        Loopback.await(() -> console.type("inetd:reload"), () -> finding.matcher(console.type("inetd:reload")).find());
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        assertEquals("good", Loopback.talk(port, "good"));

        ServiceDTO bad = server.service("bad");
        assertEquals(EntryState.FAILED, bad.state);
        assertTrue(console.type("inetd:list"), Pattern.compile("(?m)^bad/tcp +failed .*not 'many'")
                .matcher(console.type("inetd:list")).find());
        assertEquals("", console.type("config:delete " + pid(bad)));
        Loopback.await(() -> console.type("inetd:reload"), () -> !finding.matcher(console.type("inetd:reload")).find());
        assertEquals("", console.type("config:delete " + pid(server.service(port + "/tcp"))));
        Loopback.await("port " + port + " is closed", () -> !Loopback.isOpen(port));
    }

    @Test
    public void theConsoleKnowsTheKeys() throws Exception {
        String keys = new Console(sessions).type("config:meta " + FACTORY);
        assertTrue(keys, keys.contains("service_max") && keys.contains("protocol"));
    }

    /** The PID that Karaf has made up, from the origin. */
    private static String pid(ServiceDTO service) {
        Matcher matcher = Pattern.compile(".* \\((.*)\\)").matcher(service.origin);
        assertTrue(service.origin, matcher.matches());
        return matcher.group(1);
    }

    /** Where Karaf keeps what somebody has typed. */
    private static Path file(String alias) {
        return Path.of(System.getProperty("karaf.etc"), FACTORY + "-" + alias + ".cfg");
    }

    /** In one session, as somebody does who defines a service; what that prints. */
    private String define(String alias, String... properties) {
        return new Console(sessions).type("config:edit --factory --alias " + alias + " " + FACTORY + ";"
                + Stream.of(properties).map(property -> "config:property-set " + property + ";").collect(Collectors.joining())
                + "config:update");
    }

    /** A bundle with one configuration and nothing else. */
    private static byte[] configuring(int port) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "org.example.configuring");
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.configurator)\"");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/configurator/services.json"));
            jar.write(("{\":configurator:resource-version\": 1, \"" + FACTORY + "~json\": {\"name\": \"" + port
                    + "\", \"address\": [\"127.0.0.1\"], \"provider\": \"echo\", \"service_max\": 40}}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
