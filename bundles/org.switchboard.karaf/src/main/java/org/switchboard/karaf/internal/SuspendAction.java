package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "suspend", description = "Closes the listeners of a service until it is resumed; its running sessions go on.")
public final class SuspendAction extends ServiceAction {

    @Override
    Object call(Verbs verbs, String id) throws CommandFailedException {
        return verbs.suspend(id);
    }
}
