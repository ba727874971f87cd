package org.switchboard.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/**
 * What a process holds at a moment, as far as something that was installed into it might leave it behind.
 *
 * @param bundles   with their versions and states
 * @param threads   their names, with numbers left out: pools count on
 * @param sockets   those that listen
 * @param processes the children of this one
 */
record Trace(Set<String> bundles, Set<String> threads, Set<String> sockets, Set<String> processes) {

    private static final String TCP_LISTEN = "0A";
    /** It talks to the container over RMI. */
    private static final String OF_PAX_EXAM = "RMI ";

    static Trace of(BundleContext context) throws IOException {
        return new Trace(
            sorted(Stream.of(context.getBundles()).map(bundle -> bundle + " in state " + bundle.getState())),
            sorted(Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> !name.startsWith(OF_PAX_EXAM))
                    .map(name -> name.replaceAll("[0-9]+", "#"))),
            listening(),
            sorted(ProcessHandle.current().children().map(child -> child.info().command().orElse("pid " + child.pid()))));
    }

    /** Everything in this one that the other has not. */
    List<String> beyond(Trace other) {
        return Stream.of(missing(bundles, other.bundles), missing(threads, other.threads), missing(sockets, other.sockets),
                missing(processes, other.processes)).flatMap(Set::stream).toList();
    }

    /** Without threads: those of pools end when nobody needs them. */
    Trace withoutThreads() {
        return new Trace(bundles, Set.of(), sockets, processes);
    }

    private static Set<String> missing(Set<String> these, Set<String> those) {
        Set<String> missing = new TreeSet<>(these);
        missing.removeAll(those);
        return missing;
    }

    /** TCP and UDP ports and Unix sockets of this process, from /proc. */
    private static Set<String> listening() throws IOException {
        Set<String> ours = inodes();
        Set<String> sockets = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (String[] line : table(table)) {
                if (ours.contains(line[9]) && (table.startsWith("udp") || line[3].equalsIgnoreCase(TCP_LISTEN))) {
                    sockets.add(table + " port " + Integer.parseInt(line[1].replaceFirst(".*:", ""), 16));
                }
            }
        }
        for (String[] line : table("unix")) {
            if (ours.contains(line[6]) && line.length > 7) {
                sockets.add("unix " + line[7]);
            }
        }
        return sockets;
    }

    private static List<String[]> table(String name) throws IOException {
        Path file = Path.of("/proc/self/net", name);
        return Files.exists(file) ? Files.readAllLines(file).stream().skip(1).map(line -> line.strip().split("\\s+")).toList()
                : List.of();
    }

    /** Of the sockets that this process has open. */
    private static Set<String> inodes() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.flatMap(Trace::target).filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1)).collect(Collectors.toSet());
        }
    }

    private static Stream<String> target(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor).toString().toLowerCase(Locale.ROOT));
        } catch (IOException closedMeanwhile) {
            return Stream.of();
        }
    }

    private static Set<String> sorted(Stream<String> texts) {
        return texts.collect(Collectors.toCollection(TreeSet::new));
    }
}
