package org.switchboard.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

/** The names of all providers, registered or waited for. */
@Service
public final class ProviderCompleter extends WordsCompleter {

    @Override
    List<String> words(Verbs verbs, String typed) throws CommandFailedException {
        return verbs.providerNames();
    }
}
