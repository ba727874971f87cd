package org.switchboard.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.switchboard.posix.UnixDatagrams.Outlet;
import org.switchboard.testkit.ManualClock;

class SyslogTest {

    private static final Instant START = Instant.parse("2026-11-03T04:05:06Z");

    private final List<String> sent = new ArrayList<>();
    private final List<String> fallback = new ArrayList<>();
    private final ManualClock clock = new ManualClock(START);
    private boolean listening = true;
    private int connections;

    private final Syslog syslog = new Syslog(this::connect, new Sink() {
        @Override
        public void write(Record record) {
            fallback.add(record.lines().get(0));
        }

        @Override
        public void close() {
            fallback.add("closed");
        }
    }, clock, ZoneOffset.UTC, "switchboard", 4711, UnaryOperator.identity());

    private Outlet connect() throws IOException {
        if (!listening) {
            throw new IOException("connect /dev/log: No such file or directory");
        }
        int connection = ++connections;
        return new Outlet() {
            @Override
            public void send(byte[] datagram) throws IOException {
                if (!listening || connection != connections) {
                    throw new IOException("send to /dev/log: Connection refused");
                }
                sent.add(new String(datagram, StandardCharsets.UTF_8));
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    private void log(LogLevel level, String... lines) {
        syslog.write(new Record(START, level, "Listener", List.of(lines)));
    }

    @Test
    void lineIsFacilityDaemonWithIdentAndPid() {
        log(LogLevel.INFO, "opened 127.0.0.1:7007");
        assertThat(sent).containsExactly("<30>Nov  3 04:05:06 switchboard[4711]: Listener: opened 127.0.0.1:7007");
    }

    @Test
    void levelsBecomeSeverities() {
        for (LogLevel level : LogLevel.values()) {
            log(level, "x");
        }
        assertThat(sent).extracting(line -> line.substring(0, 4)).containsExactly("<29>", "<27>", "<28>", "<30>", "<31>", "<31>");
    }

    @Test
    void recordSaysItsFacility() {
        for (String facility : List.of("auth", "local7", "authpriv", "nonsense")) {
            syslog.write(new Record(START, LogLevel.INFO, "auth", facility, List.of("x")));
        }
        assertThat(sent).extracting(line -> line.substring(0, line.indexOf('>') + 1)).containsExactly("<38>", "<190>", "<86>", "<30>");
    }

    @Test
    void stackTraceIsOneDatagramForALine() {
        log(LogLevel.ERROR, "broken", "    at somewhere");
        assertThat(sent).hasSize(2);
    }

    @Test
    void datagramIsCutBetweenTwoCharacters() {
        log(LogLevel.INFO, "ü".repeat(2000));
        assertThat(sent.get(0).getBytes(StandardCharsets.UTF_8).length).isBetween(1020, 1024);
        assertThat(sent.get(0)).endsWith("ü");
    }

    @Test
    void restartedDaemonIsFoundAgain() {
        log(LogLevel.INFO, "before");
        connections++;
        log(LogLevel.INFO, "after");
        assertThat(sent).hasSize(2);
        assertThat(fallback).isEmpty();
    }

    @Test
    void withoutDaemonOneWarningAndThenStandardError() {
        listening = false;
        log(LogLevel.INFO, "one");
        log(LogLevel.INFO, "two");
        assertThat(fallback).hasSize(3).element(0).asString().contains("/dev/log").contains("standard error");
        assertThat(fallback).endsWith("one", "two");
    }

    @Test
    void daemonThatComesLaterIsTriedEveryTenSeconds() {
        listening = false;
        log(LogLevel.INFO, "one");
        listening = true;
        log(LogLevel.INFO, "two");
        clock.advance(Duration.ofSeconds(10));
        log(LogLevel.INFO, "three");
        assertThat(sent).hasSize(1).allMatch(line -> line.endsWith("three"));
    }
}
