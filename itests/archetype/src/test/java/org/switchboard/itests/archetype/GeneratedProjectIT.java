package org.switchboard.itests.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedProjectIT {

    private static final String VERSION = System.getProperty("switchboard.version");

    @TempDir
    private Path folder;

    @Test
    void buildsABundleAndPassesItsOwnTests() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        new Maven(work).run(System.getProperty("archetype.plugin") + ":generate", "-DarchetypeCatalog=internal",
                "-DarchetypeGroupId=org.switchboard", "-DarchetypeArtifactId=org.switchboard.archetype",
                "-DarchetypeVersion=" + VERSION, "-DgroupId=com.example", "-DartifactId=com.example.welcome", "-Dversion=1.0.0",
                "-DclassName=Welcome", "-Dservice=welcome", "-Dport=7118", "-DinteractiveMode=false");
        Path project = work.resolve("com.example.welcome");
        assertThat(project.resolve("README.md")).content().contains("`welcome`").contains("7118").doesNotContain("${");

        String output = new Maven(project).run("verify");

        assertThat(output).containsPattern("Tests run: [1-9][0-9]*, .*WelcomeTest").containsPattern("Tests run: 1, .*WelcomeIT");
        try (JarFile bundle = new JarFile(project.resolve("target/com.example.welcome-1.0.0.jar").toFile())) {
            assertThat(bundle.getManifest().getMainAttributes().getValue("Bundle-SymbolicName")).isEqualTo("com.example.welcome");
            assertThat(bundle.getManifest().getMainAttributes().getValue("Bundle-ActivationPolicy")).isEqualTo("lazy");
            assertThat(bundle.getEntry("OSGI-INF/com.example.Welcome.xml")).isNotNull();
        }
    }
}
