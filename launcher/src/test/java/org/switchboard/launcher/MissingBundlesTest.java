package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingBundlesTest {

    private static final Path WHERE = Path.of("/opt/switchboard/bundles");

    @TempDir
    Path directory;

    private final List<String> names = new ArrayList<>(List.of("jline-3.30.0.jar"));

    @BeforeEach
    void nameAll() {
        Stream.of("org.osgi.service.component", "org.osgi.util.promise", "org.osgi.util.function", "org.apache.felix.log",
                "org.apache.felix.configadmin", "org.apache.felix.scr", "org.apache.felix.metatype", "org.apache.felix.fileinstall",
                "org.apache.felix.gogo.runtime", "org.apache.felix.gogo.command", "org.apache.felix.gogo.jline",
                "org.switchboard.api", "org.switchboard.posix", "org.switchboard.netty.transport", "org.switchboard.netty",
                "org.switchboard.ports", "org.switchboard.config", "org.switchboard.config.inetd", "org.switchboard.dispatcher",
                "org.switchboard.limits", "org.switchboard.access", "org.switchboard.logging", "org.switchboard.refresh", "org.switchboard.deploy",
                "org.switchboard.shell", "org.switchboard.control", "org.switchboard.provider.exec",
                "org.switchboard.provider.echo", "org.switchboard.provider.discard", "org.switchboard.provider.chargen",
                "org.switchboard.provider.daytime", "org.switchboard.provider.time", "org.switchboard.provider.tcpmux",
                "org.switchboard.provider.ident").forEach(name -> names.add(name + "-1.0.jar"));
    }

    private List<String> warnings(String... missing) throws Exception {
        names.removeAll(Stream.of(missing).map(name -> name + "-1.0.jar").toList());
        for (String name : names) {
            Files.writeString(directory.resolve(name), "content");
        }
        return MissingBundles.warnings(Bundles.in(directory), WHERE);
    }

    @Test
    void nothingIsSaidOfAWholeInstall() throws Exception {
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aBundleThatAServerCanDoWithoutIsNamedWithWhatIsLost() throws Exception {
        assertThat(warnings("org.switchboard.limits")).containsExactly("org.switchboard.limits is missing in " + WHERE
                + ": limits are unknown, and services that set one do not run");
    }

    @Test
    void thoseThatNoServerCanDoWithoutAreNamedTogether() {
        assertThatThrownBy(() -> warnings("org.switchboard.ports", "org.apache.felix.scr", "org.switchboard.limits"))
                .isInstanceOf(LaunchException.class)
                .hasMessage("org.apache.felix.scr, org.switchboard.ports are missing in " + WHERE
                        + ", and there is no server without; install this version again");
    }

    @Test
    void aBundleIsNotTakenForAnotherWhoseNameBeginsWithItsOwn() {
        assertThatThrownBy(() -> warnings("org.switchboard.config")).hasMessageStartingWith("org.switchboard.config is missing");
    }
}
