package org.switchboard.access.internal.table;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.switchboard.access.internal.request.Party;
import org.switchboard.access.internal.request.UndecidedException;
import org.switchboard.posix.SystemText;

/** The hosts named in a file: patterns with blanks and line ends between them, no comments, no EXCEPT. Source: hosts_access(5). */
final class HostFile implements HostPattern {

    /** Files may name files; in circles it cannot be said whether one matches. */
    private static final int MOST_NESTED = 8;
    private static final ThreadLocal<Integer> NESTED = ThreadLocal.withInitial(() -> 0);

    private final Path path;
    private final Reread<Hosts> hosts;

    /** @param addresses plain IPv4 addresses, in order */
    private record Hosts(int[] addresses, List<HostPattern> patterns) {
        static final Hosts NONE = new Hosts(new int[0], List.of());

        boolean hasAddressOf(Party host) {
            return PlainAddress.of(host.inet()).stream().anyMatch(address ->
                    Arrays.binarySearch(addresses, address) >= 0);
        }
    }

    private HostFile(Path path, Consumer<String> complaints) {
        this.path = path;
        hosts = new Reread<>(path, text -> read(path, text, complaints), Hosts.NONE, new Reread.Log() {
            @Override
            public void unreadable(String why) {
                complaints.accept(why + "; it cannot be said whether it matches");
            }

            @Override
            public void readableAgain(Path file, long attempts) {
                // The lines that name it say what it changes.
            }
        });
    }

    /** The hosts of the file at that path. */
    static HostPattern at(String path, Consumer<String> complaints) {
        try {
            HostFile file = new HostFile(SystemText.path(path), complaints);
            if (NESTED.get() == 0) {
                file.readEarly();
            }
            return file;
        } catch (InvalidPathException impossible) {
            complaints.accept("bad path of a file; it matches nothing");
            return host -> false;
        }
    }

    /**
     * So that what is wrong with it is known before the first client comes; not with the files that it names, in turn.
     */
    private void readEarly() {
        NESTED.set(1);
        try {
            hosts.now();
        } catch (UnreadableFileException unreadable) {
            // The complaint has been made, and the next who asks meets the same.
            return;
        } finally {
            NESTED.remove();
        }
    }

    private static Hosts read(Path path, String text, Consumer<String> complaints) throws IOException {
        int[] addresses = new int[16];
        int count = 0;
        List<HostPattern> patterns = new ArrayList<>();
        for (StringTokenizer words = new StringTokenizer(text); words.hasMoreTokens();) {
            String word = words.nextToken();
            var address = PlainAddress.parse(word);
            if (address.isPresent()) {
                addresses = count == addresses.length ? Arrays.copyOf(addresses, 2 * count) : addresses;
                addresses[count++] = address.getAsInt();
            } else if (patterns.size() == HostsTableReader.MAX_PATTERNS) {
                throw new IOException(HostsTableReader.TOO_MANY);
            } else {
                patterns.add(HostPattern.parse(word, complaint -> complaints.accept(path + ": " + complaint)));
            }
        }
        int[] sorted = Arrays.copyOf(addresses, count);
        Arrays.sort(sorted);
        return new Hosts(sorted, List.copyOf(patterns));
    }

    @Override
    public boolean matches(Party host) throws InterruptedException, UndecidedException {
        int depth = NESTED.get();
        if (depth >= MOST_NESTED) {
            throw new UndecidedException(path + ": more than " + MOST_NESTED + " files name one another");
        }
        NESTED.set(depth + 1);
        try {
            Hosts now = hosts.now();
            return now.hasAddressOf(host) || Decision.any(now.patterns(), pattern -> pattern.matches(host));
        } catch (UnreadableFileException unreadable) {
            throw new UndecidedException(unreadable.getMessage());
        } finally {
            if (depth == 0) {
                NESTED.remove();
            } else {
                NESTED.set(depth);
            }
        }
    }
}
