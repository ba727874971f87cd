package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "deployed",
        description = "Lists the files in the folders for hot deployment, their bundles, and what is wrong with them.")
public final class DeployedAction extends InetdAction {

    @Override
    Object call(Verbs verbs) throws CommandFailedException {
        return verbs.deployed();
    }
}
