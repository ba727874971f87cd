package org.switchboard.posix.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.switchboard.posix.PosixUnavailableException;

/**
 * Where the two native parts are, JNA's library and the spawner, and whether they can be used here.
 *
 * <p>The directory that the framework property {@value #READY} names may hold them ready unpacked, on a read-only file system
 * too. What is not there is unpacked into a directory of our own, mode 0700, below {@value #STATE} or else the bundle's data
 * area; never into {@code /tmp}.
 */
@Component(service = NativeParts.class)
public final class NativeParts {

    static final String READY = "switchboard.native";
    static final String STATE = "switchboard.state";
    static final String JNA_LIBRARY = "libjnidispatch.so";
    static final String SPAWNER = "switchboard-spawner";

    private static final String NOEXEC = " (on a file system mounted noexec? Then " + READY + " names a directory with the native parts)";
    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "linux-x86-64", "aarch64", "linux-aarch64");

    private final Optional<Path> ready;
    private final Optional<Path> own;
    private boolean tried; // guarded by this
    private Optional<String> obstacle = Optional.empty(); // guarded by this
    private long binding; // guarded by this
    private final List<CompletableFuture<?>> needed = new CopyOnWriteArrayList<>();

    @Activate
    public NativeParts(BundleContext context) {
        this(path(context.getProperty(READY)),
                path(context.getProperty(STATE)).or(() -> Optional.ofNullable(context.getDataFile("")).map(file -> file.toPath()))
                        .map(directory -> directory.resolve("native")));
    }

    /**
     * @param ready a directory that may hold both parts ready to use
     * @param own the directory to unpack into; created when needed
     */
    NativeParts(Optional<Path> ready, Optional<Path> own) {
        this.ready = ready;
        this.own = own;
    }

    private static Optional<Path> path(String property) {
        return Optional.ofNullable(property).filter(text -> !text.isEmpty()).map(text -> Path.of(text).toAbsolutePath());
    }

    /** Binds the system calls, the first time. */
    synchronized void require() throws PosixUnavailableException {
        if (!tried) {
            tried = true;
            obstacle = load();
        }
        if (obstacle.isPresent()) {
            throw new PosixUnavailableException(obstacle.get());
        }
    }

    /** The system calls are needed until that is complete, even when this is deactivated before. */
    void neededUntil(CompletableFuture<?> end) {
        needed.add(end);
    }

    @Deactivate
    synchronized void unbind() {
        if (tried && obstacle.isEmpty()) {
            Unbinding.begin(binding, List.copyOf(needed));
        }
    }

    /** The spawner, ready to be executed. */
    Path spawner() throws PosixUnavailableException {
        require();
        Optional<Path> there = ready.map(directory -> directory.resolve(SPAWNER)).filter(Files::isExecutable);
        return there.isPresent() ? there.get() : unpackSpawner();
    }

    private Optional<String> load() {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return Optional.of("sockets by descriptor, users and programs need Linux; this is " + system);
        }
        String machine = System.getProperty("os.arch");
        if (!ARCHITECTURES.containsKey(machine)) {
            return Optional.of("no native part for the processor " + machine + ", only for " + new TreeMap<>(ARCHITECTURES).keySet());
        }
        try {
            loadJna();
            binding = LibC.bind();
            return Optional.empty();
        } catch (IOException | LinkageError e) {
            return Optional.of("cannot load the native part of JNA: " + e.getMessage() + (e instanceof LinkageError ? NOEXEC : ""));
        }
    }

    /** JNA is told by system properties, which another copy of it in this JVM must not see for longer than this. */
    private void loadJna() throws IOException {
        Properties properties = System.getProperties();
        synchronized (properties) {
            // We look for no library by its name; JNA would start ldconfig to learn where they are, at every start of the server.
            Map<String, String> told = new TreeMap<>(Map.of("jna.nosys", "true", "jna.tmpdir", ownDirectory().toString(),
                    "jna.platform.library.path", ""));
            ready.filter(directory -> Files.exists(directory.resolve(JNA_LIBRARY)))
                    .ifPresent(directory -> told.put("jna.boot.library.path", directory.toString()));
            Map<String, Optional<String>> before = new TreeMap<>();
            told.forEach((key, value) -> before.put(key, Optional.ofNullable(System.setProperty(key, value))));
            try {
                for (String name : List.of("com.sun.jna.Native", "com.sun.jna.NativeLibrary")) {
                    Class.forName(name, true, NativeParts.class.getClassLoader());
                }
            } catch (ClassNotFoundException e) {
                throw new IOException("it is not in the bundle", e);
            } finally {
                before.forEach((key, value) -> value.ifPresentOrElse(text -> System.setProperty(key, text),
                        () -> System.clearProperty(key)));
            }
        }
    }

    private Path unpackSpawner() throws PosixUnavailableException {
        String machine = ARCHITECTURES.get(System.getProperty("os.arch"));
        try (var packed = NativeParts.class.getResourceAsStream("/META-INF/native/" + machine + "/" + SPAWNER)) {
            if (packed == null) {
                throw new PosixUnavailableException("this build has no spawner for " + machine + ": programs cannot be started");
            }
            Path target = ownDirectory().resolve(SPAWNER);
            byte[] content = packed.readAllBytes();
            if (!isCurrent(target, content)) {
                Path fresh = Files.createTempFile(target.getParent(), SPAWNER, ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Files.write(fresh, content);
                // A running spawner keeps the file it was started from.
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return target;
        } catch (PosixUnavailableException e) {
            throw e;
        } catch (IOException e) {
            throw new PosixUnavailableException("cannot unpack the spawner: " + e);
        }
    }

    private static boolean isCurrent(Path target, byte[] content) throws IOException {
        return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && Files.isExecutable(target)
                && Arrays.equals(Files.readAllBytes(target), content);
    }

    /** Exists, is ours, and nobody else may look or write into it. */
    private Path ownDirectory() throws IOException {
        Path directory = own.orElseThrow(() -> new IOException("neither " + STATE + " nor a data area of the bundle to unpack into"));
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, mode);
        }
        Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is not a directory of the user that the server runs as");
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        deleteLeftOvers(directory);
        return directory;
    }

    /** JNA's copies of earlier runs; one that is in use stays mapped. */
    private static void deleteLeftOvers(Path directory) throws IOException {
        for (String pattern : Set.of("jna*.tmp", SPAWNER + "*.new")) {
            try (var found = Files.newDirectoryStream(directory, pattern)) {
                for (Path file : found) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
