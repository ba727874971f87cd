package org.switchboard.shell.internal.verbs;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchboard.api.runtime.ServiceDTO;

/**
 * Picks services for a list. A word fits the beginning of an id, state, endpoint, provider or program, and a whole port
 * number; with {@code *} or {@code ?} it must fit the whole of one of these.
 */
final class ServicePattern {

    private final String word;
    private final Pattern whole;

    ServicePattern(String word) {
        this.word = word;
        this.whole = Pattern.compile(word.codePoints().mapToObj(ServicePattern::glob).collect(Collectors.joining()),
                Pattern.DOTALL);
    }

    boolean fits(ServiceDTO service) {
        return whole.matcher(Integer.toString(service.port)).matches() || columns(service).anyMatch(this::fits);
    }

    /** Whether it fits that text, as it would one of the columns. */
    boolean fits(String column) {
        return isGlob() ? whole.matcher(column).matches() : column.startsWith(word);
    }

    private boolean isGlob() {
        return word.contains("*") || word.contains("?");
    }

    private static Stream<String> columns(ServiceDTO service) {
        String servedBy = Program.servedBy(service.provider, service.arguments);
        return Stream.concat(service.listeners.stream().map(listener -> listener.endpoint),
                Stream.of(service.id, service.state.toString(), service.provider, servedBy,
                        Program.baseName(servedBy), Program.baseName(service.arguments.stream().findFirst().orElse(""))));
    }

    private static String glob(int character) {
        return switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(character));
        };
    }
}
