package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "list", description = "Lists the services, how each stands, and why.")
public final class ListAction extends InetdAction {

    @Option(name = "-s", aliases = "--state", valueToShowInHelp = "all",
            description = "only those in this state, such as idle, running or failed")
    @Completion(StateCompleter.class)
    private String state = "";

    @Option(name = "-p", aliases = "--provider", valueToShowInHelp = "all",
            description = "only those that this provider serves; 'exec' is the one of programs")
    @Completion(ProviderCompleter.class)
    private String provider = "";

    @Argument(name = "PATTERN",
            description = "only those with an id, state, address or program that begins so, or with this port; "
                    + "'*' and '?' as in a shell")
    @Completion(IdCompleter.class)
    private String pattern = "";

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.list(state, provider, pattern);
    }
}
