package org.switchboard.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.ExternalResource;

/**
 * The commands of the README, word for word, in Karaf as it is downloaded: with an empty local Maven repository and without a
 * network, so that only what the commands put there can be found.
 */
public class FreshKarafIT {

    private static FreshKaraf karaf;
    private static ReadmeCommands readme;
    private static String bundles;

    @ClassRule
    public static final ExternalResource RUNNING = new ExternalResource() {
        @Override
        protected void before() throws Exception {
            readme = ReadmeCommands.of("In Karaf");
            karaf = FreshKaraf.start();
            bundles = karaf.bundles();
        }

        @Override
        protected void after() {
            karaf.close();
        }
    };

    @After
    public void nothingElseWasNeeded() throws Exception {
        assertEquals("what Karaf wanted from the network", List.of(), karaf.askedOfTheNetwork());
        assertEquals("what is in the local Maven repository", List.of(), karaf.localRepository());
    }

    @Test
    public void theKarInDeployIsEnough() throws Exception {
        karaf.inShell(readme.shell(0));
        assertServesWithEveryFeature();

        try (Stream<Path> deployed = Files.list(karaf.home().resolve("deploy"))) {
            for (Path kar : deployed.filter(file -> file.toString().endsWith(".kar")).toList()) {
                Files.delete(kar);
            }
        }
        assertKarafIsAsBefore();
    }

    @Test
    public void theRepositoryInSystemIsEnough() throws Exception {
        karaf.inShell(readme.shell(1));
        karaf.inConsole(readme.console(0));
        assertServesWithEveryFeature();
        assertServesAgainAfter("bundle:refresh org.switchboard.api", "bundle:update org.switchboard.provider.echo");

        karaf.inConsole("feature:uninstall switchboard-tcpmux switchboard-ident switchboard");
        assertKarafIsAsBefore();
    }

    private static void assertServesWithEveryFeature() throws Exception {
        Loopback.await(() -> "the port is open; log:\n" + karaf.log(), () -> Loopback.isOpen(karaf.echo()));
        assertEquals("from a plain Karaf", Loopback.talk(karaf.echo(), "from a plain Karaf"));
        String said = karaf.inConsole("inetd:list; feature:install switchboard-tcpmux switchboard-ident; inetd:providers");
        assertTrue(said, said.contains(karaf.echo() + "/tcp@127.0.0.1  idle"));
        assertTrue(said, said.contains("provider.tcpmux ") && said.contains("provider.ident "));
    }

    private static void assertServesAgainAfter(String... commands) throws Exception {
        String before = karaf.bundles();
        for (String command : commands) {
            karaf.inConsole(command);
            Loopback.await(() -> "bundles as before, but:\n" + karaf.bundles(), () -> karaf.bundles().equals(before));
            assertEquals(command, Loopback.talk(karaf.echo(), command));
        }
    }

    private static void assertViewerOnlyLooks() throws Exception {
        String id = karaf.echo() + "/tcp@127.0.0.1";
        assertTrue(karaf.asViewer("inetd:list").contains(id + "  idle"));
        for (String change : List.of("suspend " + id, "end " + id, "reload", "resume " + id)) {
            String said = karaf.asViewer("inetd:" + change);
            assertTrue(said, said.contains("Command not found"));
        }
        assertTrue(karaf.inConsole("inetd:list").contains(id + "  idle"));
    }

    private static void assertKarafIsAsBefore() throws Exception {
        Loopback.await(() -> "the port is closed; log:\n" + karaf.log(), () -> !Loopback.isOpen(karaf.echo()));
        Loopback.await(() -> "bundles as before, but:\n" + karaf.bundles(), () -> karaf.bundles().equals(bundles));
    }
}
