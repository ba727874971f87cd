package org.switchboard.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

/** The states that a service may be in. */
@Service
public final class StateCompleter extends WordsCompleter {

    @Override
    List<String> words(Verbs verbs, String typed) throws CommandFailedException {
        return verbs.states();
    }
}
