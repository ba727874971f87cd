package org.switchboard.control.internal.task;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/** What is said of a command that Gogo does not find. */
public final class UnknownCommand {

    /** Knows what may have been meant, if the bundle with the commands of the server is there. */
    private static final String SUGGEST = "inetd:__suggest";

    private UnknownCommand() {
    }

    /**
     * One sentence, with the command that may have been meant.
     *
     * @param more the commands that the client has beside those of Gogo
     */
    public static String message(CommandSession session, CommandNotFoundException unknown, List<String> more) {
        String command = unknown.getCommand().replaceFirst("^\\*:", "");
        String suggestion = suggestion(session, command, more);
        return "no such command: " + command + (suggestion.isEmpty() ? "; try 'help'" : suggestion);
    }

    private static String suggestion(CommandSession session, String command, List<String> more) {
        List<Object> words = new ArrayList<>(List.of(command));
        words.addAll(more);
        try {
            return session.get(SUGGEST) instanceof Function suggest ? String.valueOf(suggest.execute(session, words)) : "";
        } catch (Exception e) {
            // The bundle is being replaced; the sentence is as useful without.
            return "";
        }
    }
}
