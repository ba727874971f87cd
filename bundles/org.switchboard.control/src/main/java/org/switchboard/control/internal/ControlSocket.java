package org.switchboard.control.internal;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The listening socket in the file system, from its safe birth to its removal. */
final class ControlSocket implements AutoCloseable {

    /** The name of the socket in the state directory. */
    static final String NAME = "control.sock";

    private static final int BACKLOG = 32;
    private static final FileAttribute<Set<PosixFilePermission>> ONLY_OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final ServerSocketChannel channel;
    private final Path path;
    private final Object inode;

    private ControlSocket(ServerSocketChannel channel, Path path) throws IOException {
        this.channel = channel;
        this.path = path;
        this.inode = inode(path);
    }

    /**
     * Opens the socket in that directory, which is created for us alone if it is not there. It is bound where only we can
     * reach it and moved to its place when its mode is right, so nobody else can connect at any moment; a socket left by a
     * dead server is replaced by that move.
     *
     * @throws IOException if somebody answers on the socket that is there, or the directory does not let us
     */
    static ControlSocket open(Path directory) throws IOException {
        Files.createDirectories(directory, ONLY_OURS);
        Path path = directory.resolve(NAME);
        if (answers(path)) {
            throw new BindException("another server answers on " + path);
        }
        Path nursery = Files.createDirectory(directory.resolve(String.format(".c%08x", new SecureRandom().nextInt())), ONLY_OURS);
        // As long as the final path, which therefore fails here if it is too long for an address.
        Path cradle = nursery.resolve("s");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(cradle), BACKLOG);
            Files.setPosixFilePermissions(cradle, PosixFilePermissions.fromString("rw-------"));
            Files.move(cradle, path, StandardCopyOption.ATOMIC_MOVE);
            return new ControlSocket(channel, path);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(cradle);
            throw new IOException("cannot open " + path + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(nursery);
        }
    }

    /** Waits for the next client. The connection belongs to the caller. */
    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    Path path() {
        return path;
    }

    /** Closes the socket and removes it from the file system, unless that is another one by now. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && inode.equals(inode(path))) {
            Files.delete(path);
        }
    }

    private static Object inode(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    private static boolean answers(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobodyListens) {
            return false;
        }
    }
}
