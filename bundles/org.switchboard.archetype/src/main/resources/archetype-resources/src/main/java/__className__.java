package ${package};

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.provider.InetService;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.provider.StreamSession;

/**
 * Greets whoever says a name. One object serves all clients at once, each on a thread of its own; the server accepts, limits,
 * logs, and closes the connection when {@link #serve} returns.
 */
@Component
@InetService(name = "${service}", port = ${port})
public final class ${className} implements StreamProvider {

    private static final int LONGEST_NAME = 64;

    @Override
    public void serve(StreamSession session) throws IOException {
        String answer = "Good day, " + name(session) + "\r\n";
        session.output().write(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** The first line, as far as it is a name: a client may send without end. */
    private static String name(StreamSession session) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(session.input(), StandardCharsets.UTF_8));
        StringBuilder name = new StringBuilder();
        int next = reader.read();
        while (next >= ' ' && name.length() < LONGEST_NAME) {
            name.append((char) next);
            next = reader.read();
        }
        return name.length() == 0 ? "stranger" : name.toString();
    }
}
