package org.switchboard.ports.internal.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.switchboard.posix.SystemText;

/** The file that names programs: {@code rusersd 100002 rusers}. It need not be there. Source: rpc(5), getrpcbyname(3). */
final class RpcNames {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final int MAX_BYTES = 4 << 20;
    private static final long MOST = 0xFFFF_FFFFL;

    private final Path file;

    /** @param file {@code /etc/rpc}, outside of tests */
    RpcNames(Path file) {
        this.file = file;
    }

    OptionalLong program(String nameOrNumber) {
        if (NUMBER.matcher(nameOrNumber).matches()) {
            return number(nameOrNumber);
        }
        try {
            for (String line : read().split("\n")) {
                List<String> words = Arrays.asList(line.split("#", 2)[0].strip().split("\\s+"));
                if (words.size() >= 2 && (words.get(0).equals(nameOrNumber) || words.subList(2, words.size()).contains(nameOrNumber))
                        && NUMBER.matcher(words.get(1)).matches()) {
                    return number(words.get(1));
                }
            }
        } catch (IOException notThere) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    /** Of a regular file alone: to open a FIFO might wait for ever. */
    private String read() throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return SystemText.decode(in.readNBytes(MAX_BYTES));
        }
    }

    private static OptionalLong number(String digits) {
        long number = Long.parseLong(digits);
        return number >= 1 && number <= MOST ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
