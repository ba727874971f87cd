package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.PosixUnavailableException;
import org.switchboard.posix.SocketSpec;

@EnabledOnOs(OS.LINUX)
class NativePartsTest {

    @TempDir
    private Path directory;

    @Test
    void theSpawnerIsUnpackedWhereOnlyWeMayLook() throws Exception {
        Path own = directory.resolve("state/native");

        Path spawner = new NativeParts(Optional.empty(), Optional.of(own)).spawner();

        assertThat(spawner).isEqualTo(own.resolve("switchboard-spawner")).isExecutable();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spawner))).isEqualTo("rwx------");
    }

    @Test
    void anAlteredSpawnerIsReplaced() throws Exception {
        NativeParts parts = new NativeParts(Optional.empty(), Optional.of(directory));
        byte[] right = Files.readAllBytes(parts.spawner());
        Files.write(directory.resolve("switchboard-spawner"), new byte[] {1, 2, 3});

        assertThat(parts.spawner()).hasBinaryContent(right);
    }

    @Test
    void aSpawnerThatIsThereReadyIsUsed() throws Exception {
        Path ready = Files.createDirectory(directory.resolve("ready"));
        Path spawner = new NativeParts(Optional.empty(), Optional.of(directory.resolve("state"))).spawner();
        Files.copy(spawner, ready.resolve("switchboard-spawner"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(new NativeParts(Optional.of(ready), Optional.of(directory.resolve("other"))).spawner())
                .isEqualTo(ready.resolve("switchboard-spawner"));
    }

    @Test
    void withoutAPlaceToUnpackIntoTheReasonIsSaid() {
        NativeParts homeless = new NativeParts(Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> new LinuxUsers(homeless).effectiveUser()).isInstanceOf(PosixUnavailableException.class)
                .hasMessage("cannot load the native part of JNA: neither switchboard.state nor a data area of the bundle to unpack into");
        assertThat(new LinuxSockets(homeless).supports(SocketSpec.Family.INET)).isFalse();
    }

    /** As after an update of the bundle, while its old classes are not yet gone: one library file serves one class loader. */
    @Test
    void aSecondCopyOfTheClassesLoadsALibraryOfItsOwn() throws Exception {
        Path ready = Files.createDirectory(directory.resolve("ready"));
        try (InputStream library = getClass().getResourceAsStream("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/libjnidispatch.so")) {
            Files.copy(library, ready.resolve("libjnidispatch.so"));
        }
        Path bundle = jar(Path.of(NativeParts.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
        for (int copy = 0; copy < 2; copy++) {
            try (OwnClasses classes = new OwnClasses(bundle)) {
                require(classes, Optional.of(ready));
            }
        }
    }

    /** It would start a program at every start of the server, to learn where libraries are that nobody asks for. */
    @Test
    void jnaDoesNotLookWhereTheLibrariesOfTheSystemAre() throws Exception {
        Path bundle = jar(Path.of(NativeParts.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
        try (OwnClasses classes = new OwnClasses(bundle)) {
            require(classes, Optional.empty());

            var places = classes.load(NativeLibrary.class).getDeclaredField("librarySearchPath");
            places.setAccessible(true);
            assertThat((Collection<?>) places.get(null)).isEmpty();
        }
    }

    private void require(OwnClasses classes, Optional<Path> ready) throws Exception {
        var constructor = classes.load(NativeParts.class).getDeclaredConstructor(Optional.class, Optional.class);
        constructor.setAccessible(true);
        Object parts = constructor.newInstance(ready, Optional.of(directory.resolve("state")));
        Method require = parts.getClass().getDeclaredMethod("require");
        require.setAccessible(true);
        require.invoke(parts);
    }

    private Path jar(Path classes) throws IOException {
        Path jar = directory.resolve("bundle.jar");
        try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, packed);
            }
        }
        return jar;
    }

    /** Loads the classes of the bundle anew. */
    private static final class OwnClasses extends URLClassLoader {
        OwnClasses(Path bundle) throws IOException {
            super(new URL[] {bundle.toUri().toURL()}, NativeParts.class.getClassLoader());
        }

        Class<?> load(Class<?> type) throws ClassNotFoundException {
            return loadClass(type.getName());
        }

        @Override
        public URL getResource(String name) {
            return findResource(name);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                boolean ours = name.startsWith("com.sun.jna.") || name.startsWith("org.switchboard.posix.");
                return loaded == null && ours ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }

    @Test
    void aLinkIsNotFollowedToUnpackInto() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);

        assertThatThrownBy(() -> new NativeParts(Optional.empty(), Optional.of(link)).spawner())
                .isInstanceOf(PosixUnavailableException.class).hasMessageContaining("is not a directory of the user");
    }
}
