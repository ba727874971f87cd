package org.switchboard.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

/** The ids of all services, and what else finds one and begins with what is typed. */
@Service
public final class IdCompleter extends WordsCompleter {

    @Override
    List<String> words(Verbs verbs, String typed) throws CommandFailedException {
        return verbs.serviceWords(typed);
    }
}
