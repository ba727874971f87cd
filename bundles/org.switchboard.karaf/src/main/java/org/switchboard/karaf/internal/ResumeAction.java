package org.switchboard.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

@Service
@Command(scope = "inetd", name = "resume", description = "Opens a suspended service; tries again at once one that failed or waits.")
public final class ResumeAction extends ServiceAction {

    @Override
    Object call(Verbs verbs, String id) throws CommandFailedException {
        return verbs.resume(id);
    }
}
