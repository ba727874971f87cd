package org.switchboard.itests.archetype;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Maven that builds this project, with a local repository of its own: what is built and tested here must not get into
 * that of the user. What others made comes from the user's, as if that were a server; what is not there, from the network.
 */
final class Maven {

    private static final Path REPOSITORY = Path.of("target/m2").toAbsolutePath();
    private static final long DEADLINE_MINUTES = 8;

    private static final String SETTINGS = """
            <settings>
              <profiles><profile><id>near</id>
                <repositories><repository><id>near</id><url>%1$s</url>
                  <releases><checksumPolicy>ignore</checksumPolicy></releases></repository></repositories>
                <pluginRepositories><pluginRepository><id>near</id><url>%1$s</url>
                  <releases><checksumPolicy>ignore</checksumPolicy></releases></pluginRepository></pluginRepositories>
              </profile></profiles>
              <activeProfiles><activeProfile>near</activeProfile></activeProfiles>
            </settings>
            """;

    private final Path folder;

    /** @param folder where it is called */
    Maven(Path folder) {
        this.folder = folder;
    }

    /** Runs it to a good end; returns what it printed. */
    String run(String... words) throws IOException, InterruptedException {
        Path settings = Files.writeString(folder.resolveSibling("settings.xml"),
                SETTINGS.formatted(Path.of(System.getProperty("maven.repository")).toUri()));
        List<String> command = new ArrayList<>(List.of(System.getProperty("maven.command"), "-B", "-ntp", "-s", settings.toString(),
                "-Dmaven.repo.local=" + REPOSITORY));
        command.addAll(Arrays.asList(words));
        Path log = folder.resolveSibling("maven.log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        Process process = builder.start();
        boolean ended = process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        String output = Files.readString(log);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError((ended ? "exit status " + process.exitValue() : "no end") + " of " + command + "\n" + output);
        }
        return output;
    }
}
