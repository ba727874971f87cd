package org.switchboard.shell.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.switchboard.api.entry.Suggestion;

/**
 * The names of all commands that people may type, those of other bundles among them: without those that begin with
 * underscores.
 *
 * @param byScope the names in each scope
 */
record CommandNames(Map<String, TreeSet<String>> byScope) {

    /** The Gogo variable that holds the names of all commands. */
    private static final String ALL = ".commands";

    static CommandNames of(CommandSession session) {
        TreeMap<String, TreeSet<String>> scopes = new TreeMap<>();
        if (session.get(ALL) instanceof Collection<?> names) {
            for (Object each : names) {
                String name = each.toString();
                int colon = name.indexOf(':');
                if (colon > 0 && name.charAt(colon + 1) != '_') {
                    scopes.computeIfAbsent(name.substring(0, colon), scope -> new TreeSet<>()).add(name.substring(colon + 1));
                }
            }
        }
        return new CommandNames(scopes);
    }

    /** Whether there is a command of that name, with its scope or without. */
    boolean has(String command) {
        return withScope().anyMatch(name -> name.equals(command) || name.endsWith(":" + command));
    }

    /**
     * {@code ; did you mean 'list'?} for a name that is none, or an empty text. The commands of the server, and more that
     * the caller has, come before those of other bundles.
     */
    String suggestion(String command, List<String> more) {
        if (command.contains(":")) {
            return Suggestion.text(command, withScope().toList());
        }
        List<String> ours = Stream.concat(byScope.getOrDefault(InetdCommands.SCOPE, new TreeSet<>()).stream(), more.stream())
                .toList();
        String suggestion = Suggestion.text(command, ours);
        return suggestion.isEmpty()
                ? Suggestion.text(command, byScope.values().stream().flatMap(Collection::stream).distinct().toList())
                : suggestion;
    }

    private Stream<String> withScope() {
        return byScope.entrySet().stream()
                .flatMap(scope -> scope.getValue().stream().map(name -> scope.getKey() + ":" + name));
    }
}
