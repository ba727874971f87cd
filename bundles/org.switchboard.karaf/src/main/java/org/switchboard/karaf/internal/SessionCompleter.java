package org.switchboard.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

/** The numbers of all sessions, and the same words for their services. */
@Service
public final class SessionCompleter extends WordsCompleter {

    @Override
    List<String> words(Verbs verbs, String typed) throws CommandFailedException {
        return verbs.sessionWords(typed);
    }
}
