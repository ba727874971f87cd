package org.switchboard.deploy.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.service.log.Logger;
import org.switchboard.deploy.internal.file.FileObstacle;
import org.switchboard.deploy.internal.file.FileStamp;
import org.switchboard.deploy.internal.file.WholeJar;
import org.switchboard.deploy.internal.file.InvalidJarException;

/**
 * Makes the installed bundles follow the jar files of some folders. A file counts when it has not changed from one look to the
 * next, and is a whole jar file and a bundle then; until that, the bundle that was installed from it before goes on. What is
 * wrong is logged once and kept, to be listed.
 */
final class Folders {

    private static final String EXTENSION = ".jar";

    private final List<Path> folders;
    private final Predicate<Path> wanted;
    private final Installer installer;
    private final Handled memory;
    private final Path copies;
    private final Logger log;
    /** By path; changed by the thread that watches alone. */
    private final Map<Path, DeployedJar> jars = new ConcurrentSkipListMap<>();
    private final Map<Path, String> unreadable = new TreeMap<>();

    /**
     * @param wanted the files that count; the others are not looked at
     * @param copies a directory of our own, in which a file is not written to while it is looked at
     */
    Folders(List<Path> folders, Predicate<Path> wanted, Installer installer, Handled memory, Path copies, Logger log) {
        this.folders = List.copyOf(folders);
        this.wanted = wanted;
        this.installer = installer;
        this.memory = memory;
        this.copies = copies;
        this.log = log;
    }

    /** The files that were there at the last look. Any thread. */
    List<DeployedJar> jars() {
        return List.copyOf(jars.values());
    }

    /** Finds the bundles that were installed before a restart, and takes the files as they are. */
    void begin() throws InterruptedException {
        try {
            installer.clean();
        } catch (BundleException e) {
            log.error("a bundle cannot be removed that was left by a former server", e);
        }
        installer.all().map(bundle -> path(bundle.getLocation())).flatMap(Optional::stream)
                .filter(path -> folders.contains(path.getParent()) && wanted.test(path)).forEach(path -> {
                    DeployedJar jar = new DeployedJar(path);
                    memory.stamp(jar.location()).or(() -> installedByAnother(jar)).ifPresent(jar::handled);
                    memory.problem(jar.location()).ifPresent(sentence -> problem(jar, sentence));
                    jars.put(path, jar);
                });
        look(true);
    }

    /** The file of a bundle that FileInstall has installed before, and that has not changed since. */
    private Optional<String> installedByAnother(DeployedJar jar) {
        try {
            FileStamp stamp = FileStamp.of(jar.file());
            return installer.at(jar.location()).filter(bundle -> bundle.getLastModified() >= stamp.modified())
                    .map(bundle -> stamp.text());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String location) {
        try {
            return location.startsWith("file:") ? Optional.of(Path.of(URI.create(location))) : Optional.empty();
        } catch (IllegalArgumentException notAFile) {
            return Optional.empty();
        }
    }

    /** Looks at all folders once. */
    void look() throws InterruptedException {
        look(false);
    }

    private void look(boolean atOnce) throws InterruptedException {
        List<Path> there = new ArrayList<>();
        for (Path folder : folders) {
            there.addAll(files(folder));
        }
        boolean removed = false;
        for (DeployedJar jar : jars()) {
            if (!there.contains(jar.file()) && !unreadable.containsKey(jar.file().getParent())) {
                remove(jar);
                removed = true;
            }
        }
        if (removed) {
            jars.values().forEach(DeployedJar::tryAgainIfWaiting);
        }
        for (Path file : there) {
            look(jars.computeIfAbsent(file, DeployedJar::new), atOnce || removed);
        }
    }

    /** Those of a folder that cannot be read stay as they are. */
    private List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            unreadable.remove(folder);
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(file -> file.getFileName().toString().endsWith(EXTENSION)
                    && !file.getFileName().toString().startsWith(".") && wanted.test(file)).sorted(Comparator.naturalOrder()).toList();
            unreadable.remove(folder);
            return files;
        } catch (IOException | RuntimeException e) {
            String why = "cannot be read: " + e.getMessage() + "; its bundles stay";
            if (!why.equals(unreadable.put(folder, why))) {
                log.error("{}: {}", folder, why);
            }
            return List.of();
        }
    }

    private void look(DeployedJar jar, boolean atOnce) throws InterruptedException {
        try {
            FileStamp stamp = FileStamp.of(jar.file());
            boolean still = jar.isStill(stamp);
            if (jar.isHandled(stamp)) {
                jar.obstacle("");
            } else if (still || atOnce) {
                Optional<String> obstacle = FileObstacle.of(jar.file());
                obstacle(jar, obstacle);
                if (obstacle.isEmpty()) {
                    deploy(jar, stamp);
                }
            }
        } catch (IOException e) {
            // The next look tries again, or sees that the file is not there any more.
            obstacle(jar, FileObstacle.of(jar.file()));
        }
    }

    private void obstacle(DeployedJar jar, Optional<String> found) {
        String sentence = found.map(obstacle -> obstacle + kept(jar)).orElse("");
        if (jar.obstacle(sentence) && !sentence.isEmpty()) {
            log.warn("{}: {}", jar.file(), sentence);
        }
    }

    private void deploy(DeployedJar jar, FileStamp stamp) throws InterruptedException {
        Optional<Path> copy = Optional.empty();
        try {
            copy = Optional.of(Files.createTempFile(copies, "deploy", EXTENSION));
            Files.copy(jar.file(), copy.get(), StandardCopyOption.REPLACE_EXISTING);
            if (FileStamp.of(jar.file()).equals(stamp)) {
                jar.waitForNothing();
                install(jar, stamp, copy.get());
                jar.handled(stamp.text());
            }
        } catch (IOException e) {
            // It is tried again at the next look, since the reason may go without a change of the file: a full disk.
            problem(jar, "cannot be installed: " + FileObstacle.reason(e) + kept(jar));
        } finally {
            copy.ifPresent(this::delete);
        }
    }

    private void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            log.warn("cannot delete {}", copy, e);
        }
    }

    private void install(DeployedJar jar, FileStamp stamp, Path copy) throws IOException, InterruptedException {
        try {
            install(jar, stamp, copy, WholeJar.examine(copy));
        } catch (InvalidJarException e) {
            problem(jar, e.getMessage() + kept(jar));
        }
    }

    private void install(DeployedJar jar, FileStamp stamp, Path copy, WholeJar whole) throws IOException, InterruptedException {
        try {
            Optional<Bundle> twin = installer.twin(whole, jar.location());
            if (twin.isPresent()) {
                jar.waitForAnother();
                problem(jar, whole + " is installed already, from " + twin.get().getLocation().replaceFirst("^file:", "")
                        + kept(jar));
                return;
            }
            Optional<Bundle> present = installer.at(jar.location());
            if (present.isPresent()) {
                update(jar, present.get(), copy);
            } else {
                installer.install(copy, jar.location());
            }
            jar.problem("");
            remember(() -> memory.put(jar.location(), stamp.text()));
            log.info("{}: {} {}", jar.file(), present.isPresent() ? "updated to" : "installed", whole);
        } catch (RejectedUpdateException e) {
            reject(jar, stamp, whole, e);
        } catch (BundleException e) {
            notStarted(jar, e);
        }
    }

    private void update(DeployedJar jar, Bundle present, Path copy)
            throws IOException, BundleException, InterruptedException, RejectedUpdateException {
        Path former = Files.createTempFile(copies, "former", EXTENSION);
        try {
            installer.update(present, copy, former);
        } finally {
            delete(former);
        }
    }

    /** What did not start is remembered over a restart: each attempt interrupts the service. */
    private void reject(DeployedJar jar, FileStamp stamp, WholeJar whole, RejectedUpdateException why) {
        String sentence = whole + " " + why.getMessage() + kept(jar);
        if (why.isWaiting()) {
            jar.waitForBundles();
        } else {
            remember(() -> memory.reject(jar.location(), stamp.text(), sentence));
        }
        problem(jar, sentence);
    }

    /** What cannot be remembered is no reason to install it again at the next look. */
    private void remember(Handled.Change change) {
        try {
            change.write();
        } catch (IOException e) {
            log.warn("the state of the folders for deployment cannot be kept: {}", FileObstacle.reason(e));
        }
    }

    private String kept(DeployedJar jar) {
        return installer.at(jar.location()).map(bundle -> "; " + bundle.getSymbolicName() + " " + bundle.getVersion() + " stays"
                + ((bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0 ? "" : " and runs")).orElse("");
    }

    private void remove(DeployedJar jar) throws InterruptedException {
        jars.remove(jar.file());
        try {
            remember(() -> memory.remove(jar.location()));
            Optional<Bundle> bundle = installer.at(jar.location());
            if (bundle.isPresent()) {
                log.info("{}: removed; {} {} is uninstalled", jar.file(), bundle.get().getSymbolicName(),
                        bundle.get().getVersion());
                installer.uninstall(bundle.get());
            }
        } catch (BundleException e) {
            log.error("{}: cannot be uninstalled", jar.file(), e);
        }
    }

    /** Bundles may have come that the others were missing. */
    void startAgain() {
        for (DeployedJar jar : jars.values()) {
            jar.tryAgainIfUnresolved();
            Optional<Bundle> bundle = installer.at(jar.location()).filter(present -> jar.isNotStarted());
            if (bundle.isPresent()) {
                startAgain(jar, bundle.get());
            }
        }
    }

    private void startAgain(DeployedJar jar, Bundle bundle) {
        try {
            if (installer.startAgain(bundle)) {
                jar.problem("");
                log.info("{}: {} {} runs now", jar.file(), bundle.getSymbolicName(), bundle.getVersion());
            }
        } catch (BundleException e) {
            notStarted(jar, e);
        }
    }

    private void notStarted(DeployedJar jar, BundleException why) {
        String sentence = Reason.of(why);
        if (jar.notStarted(sentence)) {
            log.warn("{}: {}", jar.file(), sentence);
        }
    }

    private void problem(DeployedJar jar, String sentence) {
        if (jar.problem(sentence)) {
            log.warn("{}: {}", jar.file(), sentence);
        }
    }
}
