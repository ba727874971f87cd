package org.switchboard.access.internal.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringTokenizer;
import org.switchboard.access.internal.option.OptionList;
import org.switchboard.access.internal.request.Party;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.UndecidedException;
import org.switchboard.api.entry.Origin;

/**
 * Lines in a row that name IPv4 addresses of clients and nothing else, for the same daemons and without options. So
 * look the lists of blocked addresses that programs write: here each address takes eight bytes, and a look into them a
 * binary search.
 *
 * @param addresses in order; the address in the upper half, its line in the lower one
 */
record AddressBlock(String source, PatternList<DaemonPattern> daemons, long[] addresses) implements Rule {

    /** Collects the lines. */
    static final class Builder {
        private long[] addresses = new long[16];
        private int count;

        /** Takes the list if it consists of addresses; otherwise nothing of it. */
        boolean add(String clients, int line) {
            int before = count;
            for (StringTokenizer words = new StringTokenizer(clients, ", \t\r\f\u000b"); words.hasMoreTokens();) {
                OptionalInt address = PlainAddress.parse(words.nextToken());
                if (address.isEmpty()) {
                    count = before;
                    return false;
                }
                add(key(address.getAsInt(), line));
            }
            return count > before;
        }

        private void add(long key) {
            if (count == addresses.length) {
                addresses = Arrays.copyOf(addresses, 2 * count);
            }
            addresses[count++] = key;
        }

        AddressBlock build(String source, PatternList<DaemonPattern> daemons) {
            long[] sorted = Arrays.copyOf(addresses, count);
            Arrays.sort(sorted);
            return new AddressBlock(source, daemons, sorted);
        }

        /** Whether it holds no address. */
        boolean isEmpty() {
            return count == 0;
        }
    }

    private static long key(int address, int line) {
        return (long) address << 32 | line;
    }

    @Override
    public Optional<HostsLine> find(Request request) throws InterruptedException, UndecidedException {
        OptionalInt line = line(request.client());
        if (line.isEmpty() || !daemons.matches(pattern -> pattern.matches(request))) {
            return Optional.empty();
        }
        return Optional.of(at(line.getAsInt()));
    }

    /** The first line with that address. */
    private OptionalInt line(Party client) {
        OptionalInt plain = PlainAddress.of(client.inet());
        if (plain.isEmpty()) {
            return OptionalInt.empty();
        }
        int address = plain.getAsInt();
        int found = Arrays.binarySearch(addresses, key(address, 0));
        int index = found >= 0 ? found : -found - 1;
        return index < addresses.length && addresses[index] >> 32 == address ? OptionalInt.of((int) addresses[index])
                : OptionalInt.empty();
    }

    private HostsLine at(int line) {
        return new HostsLine(new Origin(source, line), daemons, new PatternList<>(List.of(), Optional.empty()),
                OptionList.NONE);
    }

    @Override
    public HostsLine undecided(Request request) {
        return at(line(request.client()).orElse(0));
    }
}
