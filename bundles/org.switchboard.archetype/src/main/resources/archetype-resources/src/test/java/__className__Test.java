package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeSession;
import org.switchboard.testkit.StreamProviderContract;

/** Without a server: a session that a test makes up, and the contract that every provider keeps. */
class ${className}Test implements StreamProviderContract {

    @Override
    public StreamProvider streamProvider() {
        return new ${className}();
    }

    private String answerTo(String text) throws Exception {
        FakeSession session = FakeSession.sending(Entries.tcp("${service}"), text);
        streamProvider().serve(session);
        return session.received();
    }

    @Test
    void greetsByName() throws Exception {
        assertThat(answerTo("Ada\r\n")).isEqualTo("Good day, Ada\r\n");
    }

    @Test
    void greetsWhoSaysNothing() throws Exception {
        assertThat(answerTo("\r\n")).isEqualTo("Good day, stranger\r\n");
    }

    @Test
    void readsNoMoreThanAName() throws Exception {
        assertThat(answerTo("x".repeat(100_000))).isEqualTo("Good day, " + "x".repeat(64) + "\r\n");
    }
}
