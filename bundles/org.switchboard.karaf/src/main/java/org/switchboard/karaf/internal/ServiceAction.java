package org.switchboard.karaf.internal;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

/** A command about one service. */
abstract class ServiceAction extends InetdAction {

    @Argument(name = "ID", required = true,
            description = "the id of a service as inetd:list shows it or any unique beginning of it, its name, port or "
                    + "address:port")
    @Completion(IdCompleter.class)
    private String word;

    abstract Object call(Verbs verbs, String id) throws CommandFailedException, IOException;

    @Override
    final Object call(Verbs verbs) throws CommandFailedException, IOException {
        return call(verbs, word);
    }
}
