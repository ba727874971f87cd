package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "end", description = "Ends one session, or all sessions of a service.")
public final class EndAction extends InetdAction {

    @Argument(name = "SESSION|ID", required = true,
            description = "the number of a session as inetd:sessions shows it, or the id of a service")
    @Completion(SessionCompleter.class)
    private String word;

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.end(word);
    }
}
