package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "providers", description = "Lists the registered providers.")
public final class ProvidersAction extends InetdAction {

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.providers();
    }
}
