package org.switchboard.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

/** The ids of all services. */
@Service
public final class IdCompleter extends WordsCompleter {

    @Override
    List<String> words(Verbs verbs) throws CommandFailedException {
        return verbs.ids();
    }
}
