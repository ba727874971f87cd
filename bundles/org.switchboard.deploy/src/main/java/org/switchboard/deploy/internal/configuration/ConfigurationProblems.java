package org.switchboard.deploy.internal.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.deploy.internal.file.FileObstacle;

/**
 * The configuration files that cannot be read, each logged once: those of the folders that FileInstall watches, in Karaf only
 * those that are named like a PID of ours. Any thread.
 */
@Component(service = ConfigurationProblems.class)
public final class ConfigurationProblems {

    /** The framework property of FileInstall with the folders, with commas between them. */
    private static final String FOLDERS = "felix.fileinstall.dir";
    private static final String KARAF = "karaf.base";
    private static final String OURS = "org.switchboard.";
    private static final long MAX_SIZE = 1 << 20;

    private final List<Path> folders;
    private final boolean onlyOurs;
    private final Logger log;
    /** Guarded by this: what keeps a file from being read, and why reading it failed. */
    private final Map<Path, String> obstacles = new TreeMap<>();
    private final Map<Path, String> failures = new TreeMap<>();

    @Activate
    public ConfigurationProblems(BundleContext context, @Reference(service = LoggerFactory.class) Logger log) {
        this(folders(context), context.getProperty(KARAF) != null, log);
    }

    ConfigurationProblems(List<Path> folders, boolean onlyOurs, Logger log) {
        this.folders = List.copyOf(folders);
        this.onlyOurs = onlyOurs;
        this.log = log;
    }

    private static List<Path> folders(BundleContext context) {
        Stream<Path> named = Stream.of(Optional.ofNullable(context.getProperty(FOLDERS)).orElse("").split(","))
                .map(String::strip).filter(path -> !path.isEmpty()).map(Path::of);
        Stream<Path> karaf = Stream.ofNullable(context.getProperty(KARAF)).map(base -> Path.of(base, "deploy"));
        return Stream.concat(named, karaf).map(path -> path.toAbsolutePath().normalize()).distinct().toList();
    }

    /** Whether a file is a configuration file by its name, and its problems are told here. */
    boolean concerns(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".cfg") || name.endsWith(".config")) && (!onlyOurs || name.startsWith(OURS));
    }

    /** What keeps a file from being read. To read a device that never ends would take all memory, as would a huge file. */
    Optional<String> obstacle(Path file) {
        return FileObstacle.of(file).or(() -> file.toFile().length() > MAX_SIZE
                ? Optional.of("larger than " + MAX_SIZE + " bytes, and not read for that") : Optional.empty());
    }

    /** Looks at all folders once. */
    public synchronized void look() {
        Map<Path, String> found = new HashMap<>();
        for (Path folder : folders) {
            files(folder).forEach(file -> obstacle(file).ifPresent(sentence -> found.put(file, sentence)));
        }
        found.forEach((file, sentence) -> {
            if (!sentence.equals(obstacles.get(file))) {
                log.warn("{}: {}", file, sentence);
            }
        });
        obstacles.clear();
        obstacles.putAll(found);
    }

    private List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(this::concerns).toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** A file was read, or the reader said why not. */
    synchronized void read(Path file, Optional<String> failure) {
        failure.ifPresentOrElse(sentence -> {
            if (!sentence.equals(failures.put(file, sentence))) {
                log.warn("{}: {}", file, sentence);
            }
        }, () -> failures.remove(file));
    }

    /** By file; what is wrong with it, in one sentence. */
    public synchronized Map<Path, String> problems() {
        return Stream.of(failures, obstacles).flatMap(map -> map.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (failure, obstacle) -> obstacle, TreeMap::new));
    }
}
