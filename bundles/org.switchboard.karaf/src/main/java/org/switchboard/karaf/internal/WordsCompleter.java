package org.switchboard.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Verbs;

/** Offers what the server says at that moment; nothing while it is not running. */
abstract class WordsCompleter implements Completer {

    @Reference
    private BundleContext context;

    /** @param typed the word so far, up to the cursor */
    abstract List<String> words(Verbs verbs, String typed) throws CommandFailedException;

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        try {
            return new StringsCompleter(words(new Verbs(context), typed(line))).complete(session, line, candidates);
        } catch (CommandFailedException e) {
            return -1;
        }
    }

    private static String typed(CommandLine line) {
        String word = line.getCursorArgument();
        return word == null ? "" : word.substring(0, Math.min(line.getArgumentPosition(), word.length()));
    }
}
