package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "show", description = "Shows all about one service.")
public final class ShowAction extends ServiceAction {

    @Override
    Object call(Verbs verbs, String id) throws CommandFailedException {
        return verbs.show(id);
    }
}
