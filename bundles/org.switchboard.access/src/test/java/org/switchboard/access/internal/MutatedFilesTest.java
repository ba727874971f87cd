package org.switchboard.access.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody would write: no exception, and the good lines before and after count. */
class MutatedFilesTest {

    private static final long SEED = 20_261_124;
    private static final int ROUNDS = Integer.getInteger("access.mutations", 300);
    private static final List<String> WORDS = List.of("ALL", "EXCEPT", "LOCAL", "KNOWN", "PARANOID", ":", "::", "@", "/", ".", "..",
            "*", "?", "[", "]", "[::1]/64", "10.0.0.0/8", "10.0.0.0/255.0.0.0", "0x7f.1.2.3", "/etc/hosts", "@group", "joe@", "joe@.lan",
            "in.ftpd", "%", "%a", "%n", "spawn", "twist echo", "severity", "local0.info", "umask 0777", "nice", "setenv A B", "banners /",
            "user nobody.", "group", "rfc931", "linger 99999", "keepalive", "allow", "deny", "aclexec", "=", "\\", "\\:", "\\\n", "#", " ",
            "\t", "\r", "\0", "\u00e9", ",", "9999999999", "x".repeat(300));

    @TempDir
    private Path folder;

    @Test
    void nothingInAFileBreaksTheOthersLines() throws Exception {
        Random random = new Random(SEED);
        Court court = new Court(folder);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder junk = new StringBuilder();
            for (int words = random.nextInt(12); words >= 0; words--) {
                junk.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextBoolean() ? " " : "");
            }
            String line = junk.toString().replaceAll("\\\\$", "").replaceAll("(?s)\\\\\\s*$", "");
            court.allow("first: ALL\nno.such.daemon " + line + "\nlast: ALL\n").deny("ALL: ALL\n" + line + "\n");

            assertThat(court.grants("first", "10.0.0.1")).as(line).isTrue();
            court.grants("other", "joe@10.0.0.2");
            court.allow(line + "\n").deny("").grants("in.ftpd", "10.0.0.3");
        }
    }
}
