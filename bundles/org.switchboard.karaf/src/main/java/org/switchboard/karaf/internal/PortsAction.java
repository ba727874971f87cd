package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "ports", description = "Lists the reserved ports: name, number, protocol, owner and state.")
public final class PortsAction extends InetdAction {

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.ports();
    }
}
