package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages are described, free of cycles, and hold classes named for the one thing they are. */
class PackagesTest {

    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Impl|Helper|Utils?)");
    private static final Set<String> EMPTY_PACKAGES = Set.of("util", "utils", "common", "misc", "helper", "helpers", "impl");
    private static final Pattern DEPENDENCY = Pattern.compile("^\\s+(\\S+)\\s+->\\s+(\\S+).*$");

    @Test
    void everyPackageIsDescribed() throws IOException {
        for (Path directory : sources().stream().map(Path::getParent).distinct().toList()) {
            assertThat(directory.resolve("package-info.java")).exists();
        }
    }

    @Test
    void namesSayTheOneThingTheClassIs() throws IOException {
        assertThat(sources()).noneMatch(source ->
                EMPTY_NAME.matcher(source.getFileName().toString().replace(".java", "")).matches());
        assertThat(sources()).noneMatch(source -> EMPTY_PACKAGES.contains(source.getParent().getFileName().toString()));
    }

    @Test
    void whatIsNotExportedIsInternal() throws IOException {
        for (Path source : sources()) {
            if (!Files.readString(source.resolveSibling("package-info.java")).contains("@Export")) {
                assertThat(source.toString()).as("package without @Export").contains("/internal/");
            }
        }
    }

    @Test
    void noPackageDependsOnItselfInARoundaboutWay() {
        Map<String, Set<String>> dependencies = dependencies();
        assertThat(dependencies).as("packages found by jdeps").hasSizeGreaterThan(10);

        for (String start : dependencies.keySet()) {
            assertThat(wayBack(start, dependencies)).as("a cycle through %s", start).isEmpty();
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path folder : House.folders()) {
            Path java = folder.resolve("src/main/java");
            if (Files.isDirectory(java)) {
                try (Stream<Path> files = Files.walk(java)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    /** Which package of ours uses which others of ours. */
    private static Map<String, Set<String>> dependencies() {
        List<String> arguments = new ArrayList<>(List.of("-verbose:package", "--ignore-missing-deps", "--multi-release", "base"));
        House.bundles().values().forEach(location -> arguments.add(location.toString()));
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int status = ToolProvider.findFirst("jdeps").orElseThrow()
                .run(new PrintWriter(output), new PrintWriter(errors), arguments.toArray(String[]::new));
        assertThat(status).as("jdeps: %s%s", output, errors).isZero();

        Map<String, Set<String>> dependencies = new TreeMap<>();
        for (String line : output.toString().split("\\R")) {
            Matcher matcher = DEPENDENCY.matcher(line);
            if (matcher.matches() && matcher.group(1).startsWith(House.PREFIX) && matcher.group(2).startsWith(House.PREFIX)) {
                dependencies.computeIfAbsent(matcher.group(1), key -> new TreeSet<>()).add(matcher.group(2));
            }
        }
        return dependencies;
    }

    /** The packages on a way from a package back to itself; empty if there is none. */
    private static List<String> wayBack(String start, Map<String, Set<String>> dependencies) {
        Map<String, String> cameFrom = new TreeMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            String here = next.remove();
            for (String there : dependencies.getOrDefault(here, Set.of())) {
                if (there.equals(start)) {
                    return trail(here, cameFrom);
                }
                if (cameFrom.putIfAbsent(there, here) == null) {
                    next.add(there);
                }
            }
        }
        return List.of();
    }

    private static List<String> trail(String last, Map<String, String> cameFrom) {
        Deque<String> trail = new ArrayDeque<>();
        for (String here = last; here != null; here = cameFrom.get(here)) {
            trail.addFirst(here);
        }
        return List.copyOf(trail);
    }
}
