package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "show", description = "Shows all about one service.")
public final class ShowAction extends InetdAction {

    @Argument(name = "ID", required = true,
            description = "the id of a service as inetd:list shows it, or any unique beginning of it")
    @Completion(IdCompleter.class)
    private String word;

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.show(word);
    }
}
