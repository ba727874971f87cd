package org.switchboard.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.switchboard.shell.internal.verbs.Verbs;

/** The dialects that are there. */
@Service
public final class DialectCompleter extends WordsCompleter {

    @Override
    List<String> words(Verbs verbs, String typed) {
        return verbs.dialects();
    }
}
