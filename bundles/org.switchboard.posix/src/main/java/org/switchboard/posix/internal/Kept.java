package org.switchboard.posix.internal;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SystemText;

/**
 * A descriptor that waits for its next owner: that of a port, or that of a client. As text it can be read by another version of
 * this class.
 *
 * @param owner who has to ask for it
 * @param place what is listened on; empty for a client
 * @param spec the specification of a port, in words
 * @param path to be removed when the port closes; empty if there is none
 * @param free completes when no program has it
 */
record Kept(String owner, String place, String spec, String path, int fd, CompletionStage<?> free) {

    /** How many a line has, at least; what follows them is no affair of this. */
    static final int WORDS = 5;

    private static final CompletionStage<?> FREE = CompletableFuture.completedFuture(Boolean.TRUE);

    static Kept port(String owner, SocketSpec spec, int fd, CompletionStage<?> free) {
        String path = spec.family() == SocketSpec.Family.UNIX ? spec.address() : "";
        return new Kept(owner, place(spec), spec.toString(), path, fd, free);
    }

    static Kept client(String owner, int fd) {
        return new Kept(owner, "", "", "", fd, FREE);
    }

    static String place(SocketSpec spec) {
        return spec.family() + " " + spec.stream() + " " + spec.port() + " " + spec.address();
    }

    boolean isPort() {
        return !place.isEmpty();
    }

    boolean isFree() {
        return free.toCompletableFuture().isDone();
    }

    /** All of it but {@link #free}: what a program has is not written down. */
    String toLine() {
        return Stream.of(owner, place, spec, path, Integer.toString(fd))
                .map(word -> URLEncoder.encode(bytewise(word), StandardCharsets.ISO_8859_1)).collect(Collectors.joining("\t"));
    }

    /** Each byte of it as a character. */
    private static String bytewise(String word) {
        return new String(SystemText.encode(word), StandardCharsets.ISO_8859_1);
    }

    static Kept ofLine(String line) {
        String[] words = line.split("\t");
        for (int i = 0; i < words.length; i++) {
            words[i] = SystemText.decode(
                    URLDecoder.decode(words[i], StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
        }
        return new Kept(words[0], words[1], words[2], words[3], Integer.parseInt(words[4]), FREE);
    }
}
