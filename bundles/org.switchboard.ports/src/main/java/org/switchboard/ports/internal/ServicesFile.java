package org.switchboard.ports.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.osgi.service.log.Logger;
import org.switchboard.posix.SystemText;

/**
 * The file that names ports, read again when it has changed. It need not be there. What this server wrote into it itself is
 * left out, so that a name does not outlive its reservation.
 */
final class ServicesFile {

    static final int MAX_BYTES = 4 << 20;

    private static final String NEVER_READ = "never read";

    private final ServicesBlock ownBlock;
    private final Runnable changed;
    private final Logger log;

    /** Guards what follows. */
    private final Object lock = new Object();
    private Path path;
    private String stamp = NEVER_READ;
    private Content content = Content.of("");

    /** What the file says, byte for byte, without the own block. */
    record Content(String text, KnownNames names) {
        static Content of(String text) {
            return new Content(text, new KnownNames(text));
        }
    }

    /** @param changed told, on the thread of whoever asks for a name, that the file is another one than before */
    ServicesFile(Path path, ServicesBlock ownBlock, Runnable changed, Logger log) {
        this.path = path;
        this.ownBlock = ownBlock;
        this.changed = changed;
        this.log = log;
    }

    Path path() {
        synchronized (lock) {
            return path;
        }
    }

    /** Another file from now on. */
    void path(Path other) {
        synchronized (lock) {
            path = other;
        }
    }

    /** As the file is now, or was when it could last be read. */
    Content content() {
        synchronized (lock) {
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                String fresh = path + " " + now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
                if (!fresh.equals(stamp)) {
                    content = Content.of(ownBlock.removedFrom(read(path)));
                    if (!stamp.equals(NEVER_READ)) {
                        changed.run();
                    }
                    stamp = fresh;
                }
            } catch (NoSuchFileException e) {
                stamp = "missing";
                content = Content.of("");
            } catch (IOException e) {
                if (!stamp.equals("unreadable")) {
                    log.warn("{} cannot be read: {}; keeping the names known so far", path, e.getMessage());
                }
                stamp = "unreadable";
            }
            return content;
        }
    }

    /**
     * @throws IOException also if it is larger than {@value #MAX_BYTES} bytes, or no file: to open a FIFO might wait
     * for ever
     */
    static String read(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("larger than " + MAX_BYTES + " bytes");
            }
            return SystemText.decode(bytes);
        }
    }
}
