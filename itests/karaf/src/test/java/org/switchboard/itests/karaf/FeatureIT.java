package org.switchboard.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
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
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.provider.InetService;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.StreamProvider;

/**
 * Installs the feature and uses it as an operator would. The ports in the file that the feature brings are moved to free
 * ones by editing the file and reloading, so that nothing else on the machine gets in the way.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeatureIT {

    private static final String FAILED = "org.apache.karaf.shell.support.CommandException: ";
    private static final int SHIPPED_ECHO = 7007;
    private static final int SHIPPED_DAYTIME = 7013;

    private static int echo;
    private static int daytime;

    @Inject
    private BundleContext context;
    @Inject
    private SessionFactory sessions;

    @Configuration
    public Option[] karaf() {
        return new Option[] {Karaf.with("switchboard")};
    }

    @Before
    public void moveToFreePorts() throws Exception {
        Loopback.await("the commands are there", () -> !run("inetd:list").contains("Command not found"));
        if (echo == 0) {
            echo = Loopback.freePort();
            daytime = Loopback.freePort();
            String conf = Files.readString(inetdConf());
            Files.writeString(inetdConf(), conf.replace(":" + SHIPPED_ECHO, ":" + echo)
                    .replace(":" + SHIPPED_DAYTIME, ":" + daytime));
            Loopback.await("the server reads " + inetdConf(), () -> run("inetd:reload").contains("failed=0")
                    && Loopback.isOpen(echo));
        }
    }

    @Test
    public void everyBundleOfTheFeatureRuns() {
        List<String> notRunning = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.switchboard."))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING)
                .map(bundle -> bundle + " in state " + bundle.getState())
                .toList();
        assertEquals(List.of(), notRunning);
        assertTrue(run("feature:list -i").contains("switchboard"));
    }

    @Test
    public void everyOtherFeatureResolves() {
        Console console = new Console(sessions);
        for (String feature : List.of("switchboard-tcpmux", "switchboard-ident")) {
            assertTrue(console.type("feature:list").contains(feature));
            assertEquals("", console.type("feature:install --simulate " + feature));
        }
    }

    @Test
    public void echoAnswersOverTcp() throws Exception {
        assertEquals("hello, Karaf\n", Loopback.talk(echo, "hello, Karaf\n"));
    }

    @Test
    public void daytimeAnswersOverTcp() throws Exception {
        assertTrue(Loopback.talk(daytime, "").endsWith("\r\n"));
    }

    @Test
    public void theCommandsTellWhatRuns() {
        String list = run("inetd:list");
        assertTrue(list, list.contains(echo + "/tcp@127.0.0.1"));
        assertTrue(list, list.contains("idle"));
        String show = run("inetd:show " + echo + "/tcp");
        assertTrue(show, show.contains("echo"));
        String ports = run("inetd:ports");
        assertTrue(ports, ports.contains(Integer.toString(echo)));
    }

    @Test
    public void theCommandsAreThereOnceAndPrintWhatIsPiped() {
        Console console = new Console(sessions);
        assertEquals(List.of("check", "convert", "deployed", "end", "list", "ports", "providers", "reload", "resume", "sessions", "show", "suspend", "try"),
                console.commands("inetd"));
        assertEquals(2, console.type("inetd:list | grep " + echo).lines().filter(line -> line.contains("127.0.0.1")).count());
        assertEquals(FAILED + "no service 'nothing'", console.type("inetd:show nothing"));
        assertTrue(console.type("inetd:list --help").contains("--provider"));
    }

    @Test
    public void aCommandThatFailsPrintsItsResultAndThrowsOneLine() throws Exception {
        Path file = Path.of(System.getProperty("karaf.etc"), "wrong.conf");
        Files.writeString(file, "echo stream tpc nowait - internal\n");
        String checked = run("inetd:check " + file);
        assertTrue(checked, checked.startsWith("no entries\n" + file + ":1: error: ")
                && checked.endsWith("\n" + FAILED + "check: 1 error, 0 warnings"));
        assertEquals(FAILED + "no service 'nothing'", run("inetd:resume nothing"));
        assertEquals(FAILED + "no session '#4711'", run("inetd:end '#4711'"));
    }

    @Test
    public void suspendAndResumeAnswerWithTheStateThatTheyBroughtAbout() throws Exception {
        String id = echo + "/tcp@127.0.0.1";
        assertEquals(id + " is suspended by the operator\n", run("inetd:suspend " + echo + "/tcp"));
        assertFalse(Loopback.isOpen(echo));
        assertEquals(id + " is idle\n", run("inetd:resume " + echo + "/tcp"));
        assertTrue(Loopback.isOpen(echo));
    }

    @Test
    public void theTabulatorOffersIdsSessionsProvidersAndStates() throws Exception {
        Console console = new Console(sessions);
        assertEquals(List.of(echo + "/tcp@127.0.0.1", echo + "/udp@127.0.0.1"), console.complete("inetd:show " + echo));
        assertEquals("no id begins so", List.of("127.0.0.1:" + echo), console.complete("inetd:show 127.0.0.1:" + echo));
        assertEquals(List.of("daytime"), console.complete("inetd:list --provider day"));
        assertEquals(List.of("suspended"), console.complete("inetd:list -s s"));
        try (Socket client = new Socket("127.0.0.1", echo)) {
            assertTrue(client.isConnected());
            Loopback.await("its session is offered", () -> console.complete("inetd:end ").contains(echo + "/tcp@127.0.0.1"));
            assertTrue(run("inetd:sessions 127.0.0.1:" + echo).contains(echo + "/tcp@127.0.0.1"));
            assertTrue(console.complete("inetd:sessions ").contains(echo + "/tcp@127.0.0.1"));
        }
        assertTrue(console.complete("inetd:list -").containsAll(List.of("--help", "--provider", "--state")));
    }

    @Test
    public void theListCanBeCutToAStateAndAProvider() throws Exception {
        Loopback.await("both kinds of daytime are idle",
                () -> run("inetd:list --state idle --provider daytime").lines().skip(1).count() == 2);
        assertEquals("no services", run("inetd:list --state failed").strip());
    }

    @Test
    public void onlyTheFileOfTheFeatureIsRead() throws Exception {
        assertTrue(Files.readString(Path.of(System.getProperty("karaf.etc"), "org.switchboard.config.cfg"))
                .contains("${karaf.etc}/inetd.conf"));
        String show = run("inetd:show " + echo + "/tcp");
        assertTrue(show, show.contains(inetdConf() + ":"));
        assertFalse(show, show.contains(" /etc/inetd.conf"));
    }

    @Test
    public void aProvidersOwnPortIsOnTheLoopback() throws Exception {
        int port = Loopback.freePort();
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(ProviderName.PROPERTY, "answer");
        properties.put(InetService.PORT_PROPERTY, port);
        StreamProvider answer = session -> session.output().write("42\n".getBytes(StandardCharsets.US_ASCII));
        ServiceRegistration<StreamProvider> provider = context.registerService(StreamProvider.class, answer, properties);
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        assertEquals("42\n", Loopback.talk(port, ""));
        try (ServerSocket elsewhere = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
            assertTrue(elsewhere.isBound());
        }
        provider.unregister();
        Loopback.await("port " + port + " is closed", () -> !Loopback.isOpen(port));
    }

    @Test
    public void portsCloseWhenTheDispatcherStopsAndOpenWhenItStarts() throws Exception {
        Bundle dispatcher = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.switchboard.dispatcher")).findFirst().orElseThrow();
        dispatcher.stop();
        Loopback.await("port " + echo + " is closed", () -> !Loopback.isOpen(echo));
        dispatcher.start();
        Loopback.await("port " + echo + " is open", () -> Loopback.isOpen(echo));
        assertEquals("again", Loopback.talk(echo, "again"));
    }

    private static Path inetdConf() {
        return Path.of(System.getProperty("karaf.etc"), "inetd.conf");
    }

    private String run(String line) {
        return new Console(sessions).type(line);
    }
}
