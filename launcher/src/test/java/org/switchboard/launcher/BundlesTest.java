package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {

    @TempDir
    Path directory;

    private Path jar(String name) throws Exception {
        return Files.writeString(directory.resolve(name), "content");
    }

    @Test
    void listenersOpenWhenEverythingElseIsThere() {
        int last = Bundles.level(Path.of("org.switchboard.dispatcher-0.1.0.jar"));
        for (String other : new String[] {"org.switchboard.config-0.1.0.jar", "org.switchboard.provider.echo-0.1.0.jar",
                "org.switchboard.control-0.1.0.jar", "org.apache.felix.fileinstall-3.7.4.jar", "of-somebody-else-1.0.jar"}) {
            assertThat(Bundles.level(Path.of(other))).as(other).isLessThan(last);
        }
    }

    @Test
    void logIsTheFirstToComeAndTheLastToGo() {
        assertThat(Bundles.level(Path.of("org.apache.felix.log-1.3.0.jar"))).isEqualTo(1);
    }

    @Test
    void checkLeavesOutWhatServesOnly() throws Exception {
        Path dispatcher = jar("org.switchboard.dispatcher-0.1.0.jar");
        jar("org.switchboard.control-0.1.0.jar");
        jar("org.apache.felix.fileinstall-3.7.4.jar");
        jar("org.switchboard.deploy-0.1.0.jar");
        assertThat(Bundles.in(directory).forCheck().jars()).containsExactly(dispatcher);
    }

    @Test
    void rebuiltBundleIsNoticedThoughItsTimeIsTheSame() throws Exception {
        Path bundle = jar("org.switchboard.api-0.1.0.jar");
        String before = Bundles.in(directory).fingerprint();
        var time = Files.getLastModifiedTime(bundle);
        Files.delete(bundle);
        Files.writeString(bundle, "CONTENT");
        Files.setLastModifiedTime(bundle, time);
        assertThat(Bundles.in(directory).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void emptyDistributionIsSaid() {
        assertThatThrownBy(() -> Bundles.in(directory)).isInstanceOf(LaunchException.class).hasMessageContaining(directory.toString());
    }
}
