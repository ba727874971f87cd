package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "sessions", description = "Lists the running sessions.")
public final class SessionsAction extends InetdAction {

    @Argument(name = "PATTERN",
            description = "only that number, or those of a service (id, name, port, address:port, pattern) or of a client's "
                    + "address")
    @Completion(SessionCompleter.class)
    private String word = "";

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.sessions(word);
    }
}
