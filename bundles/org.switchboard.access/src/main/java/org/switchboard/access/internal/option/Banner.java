package org.switchboard.access.internal.option;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
        if (!new File(folder).isDirectory()) {
            throw new IOException("no such directory");
        }
        File file = new File(folder, daemon);
        if (daemon.indexOf('/') >= 0 || !file.isFile()) {
            return Optional.empty();
        }
        String text;
        try (InputStream input = new FileInputStream(file)) {
            text = new String(input.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
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
        return Optional.of(banner.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
