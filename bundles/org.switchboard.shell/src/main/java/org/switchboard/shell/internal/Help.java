package org.switchboard.shell.internal;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.switchboard.shell.internal.verbs.CommandFailedException;

/** What {@code help} prints: the commands of the server with a sentence each, or all about one. */
final class Help {

    private static final String OF_GOGO = "felix:help";
    private static final int WIDTH = 80;

    private Help() {
    }

    static Object text(CommandSession session, boolean all, List<String> words) throws CommandFailedException {
        if (all) {
            return all(CommandNames.of(session));
        }
        if (words.isEmpty()) {
            return ours();
        }
        String command = words.get(0).replaceFirst("^" + InetdCommands.SCOPE + ":", "");
        Optional<Usage> usage = Usage.all(InetdCommands.class).stream().filter(known -> known.command().equals(command)).findFirst();
        return usage.isPresent() ? usage.get().text() : ofGogo(session, command);
    }

    private static String ours() {
        StringBuilder text = new StringBuilder();
        List<Usage> commands = Usage.all(InetdCommands.class);
        int width = commands.stream().mapToInt(usage -> usage.command().length()).max().orElse(0);
        for (Usage usage : commands) {
            text.append("  ").append(usage.command()).append(" ".repeat(width - usage.command().length() + 2))
                    .append(firstSentence(usage.meaning())).append('\n');
        }
        return text + "'help COMMAND' explains one of them; 'help --all' lists those of all bundles.";
    }

    private static String firstSentence(String meaning) {
        int end = meaning.indexOf(". ");
        return end < 0 ? meaning : meaning.substring(0, end + 1);
    }

    /** The names by scope, each scope on lines of its own. */
    private static String all(CommandNames names) {
        StringBuilder text = new StringBuilder();
        names.byScope().forEach((scope, commands) -> {
            StringBuilder line = new StringBuilder(scope).append(':');
            for (String command : commands) {
                if (line.length() + command.length() >= WIDTH) {
                    text.append(line).append('\n');
                    line.setLength(0);
                    line.append(" ".repeat(scope.length() + 1));
                }
                line.append(' ').append(command);
            }
            text.append(line).append('\n');
        });
        return text.toString().stripTrailing();
    }

    private static Object ofGogo(CommandSession session, String command) throws CommandFailedException {
        CommandNames names = CommandNames.of(session);
        if (!names.has(command) || session.get(OF_GOGO) == null) {
            throw new CommandFailedException("no such command: " + command + names.suggestion(command, List.of()));
        }
        session.put("help.command", command);
        try {
            return session.execute(OF_GOGO + " $help.command");
        } catch (Exception e) {
            throw new CommandFailedException("no help for " + command + ": " + e.getMessage());
        }
    }
}
