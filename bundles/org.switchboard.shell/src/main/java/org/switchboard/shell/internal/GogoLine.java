package org.switchboard.shell.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;

/** Lines of Gogo made of words that are split already. */
final class GogoLine {

    private GogoLine() {
    }

    /**
     * The command, with each further word as a variable of the session, so that none is read as Gogo syntax.
     *
     * @param prefix of the names of these variables
     */
    static String of(CommandSession session, String command, List<String> words, String prefix) {
        List<String> line = new ArrayList<>();
        line.add(command);
        for (int i = 0; i < words.size(); i++) {
            String name = prefix + (i + 1);
            session.put(name, words.get(i));
            line.add("$" + name);
        }
        return String.join(" ", line);
    }
}
