package org.switchboard.dispatcher.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.switchboard.api.runtime.SessionDTO;

class AwaitedSessionsTest {

    private static SessionDTO session(int number) {
        SessionDTO session = new SessionDTO();
        session.number = number;
        session.service = "echo/tcp";
        session.remote = "192.0.2.7:4711";
        return session;
    }

    private static String sentence(int count) {
        List<SessionDTO> sessions = IntStream.rangeClosed(1, count).mapToObj(AwaitedSessionsTest::session).toList();
        return AwaitedSessions.sentence("the stop of the dispatcher", sessions, Duration.ofSeconds(29));
    }

    @Test
    void oneSessionIsNamedWithTheCommandThatEndsIt() {
        assertThat(sentence(1)).isEqualTo("the stop of the dispatcher waits up to 29 s for 1 session to end: "
                + "#1 echo/tcp from 192.0.2.7:4711. Ctrl-C ends the wait where the command runs on its console; "
                + "anywhere: inetd:end --kill 1");
    }

    @Test
    void ofManySessionsTheFirstFiveAreNamed() {
        assertThat(sentence(7)).contains("for 7 sessions to end: #1 ").contains("#5 echo/tcp from 192.0.2.7:4711 and 2 more. ")
                .doesNotContain("#6").endsWith("inetd:end --kill NUMBER");
    }
}
