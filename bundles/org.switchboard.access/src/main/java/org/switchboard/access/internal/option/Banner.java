package org.switchboard.access.internal.option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.switchboard.posix.SystemText;

/**
 * What the client is told before anything else: a file named as the daemon, its NULs at the beginning as they are, the rest
 * expanded, and its lines ended as the network does. Source: hosts_options(5), banners.
 */
final class Banner {

    private static final int MOST_BYTES = 64 * 1024;

    private Banner() {
    }

    /** @return empty if there is no banner for that daemon */
    static Optional<byte[]> read(String folder, String daemon, Expansion expansion)
            throws IOException, DeniedException, InterruptedException {
        if (!Files.isDirectory(SystemText.path(folder))) {
            throw new IOException("no such directory");
        }
        Path file = SystemText.path(folder + "/" + daemon);
        if (daemon.indexOf('/') >= 0 || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text;
        try (InputStream input = Files.newInputStream(file)) {
            text = SystemText.decode(input.readNBytes(MOST_BYTES));
        }
        int nuls = 0;
        while (nuls < text.length() && text.charAt(nuls) == '\0') {
            nuls++;
        }
        StringBuilder banner = new StringBuilder(text.substring(0, nuls));
        for (String line : text.substring(nuls).split("(?<=\n)")) {
            boolean whole = line.endsWith("\n");
            banner.append(expansion.expand(whole ? line.substring(0, line.length() - 1) : line)).append(whole ? "\r\n" : "");
        }
        return Optional.of(SystemText.encode(banner.toString()));
    }
}
