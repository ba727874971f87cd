package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.switchboard.testkit.TestServer;

/** The packaged bundle in a real server, asked over a real connection. */
class ${className}IT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("switchboard.distribution"));
    private static final Path BUNDLE = Path.of(System.getProperty("bundle"));

    @Test
    void aClientIsGreeted() throws Exception {
        int port = TestServer.freePort();
        try (TestServer server = TestServer.start(DISTRIBUTION, "127.0.0.1:" + port + " stream tcp nowait - internal ${service}")) {
            server.deploy(BUNDLE);

            assertThat(server.ask(port, "Ada\r\n")).isEqualTo("Good day, Ada\r\n");
        }
    }
}
