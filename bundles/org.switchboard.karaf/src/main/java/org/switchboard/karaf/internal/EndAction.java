package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "end", description = "Ends one session, or all sessions of a service; "
        + "kills a session that was told to end before.")
public final class EndAction extends InetdAction {

    @Option(name = "--kill", description = "send SIGKILL to a program and its process group at once")
    private boolean kill;

    @Argument(name = "SESSION|ID", required = true,
            description = "the number of a session as inetd:sessions shows it, or what means a service: id, name, port")
    @Completion(SessionCompleter.class)
    private String word;

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.end(kill, word);
    }
}
