package org.switchboard.access.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.switchboard.access.internal.request.UndecidedException;

/**
 * A list of patterns, some but not others: {@code a b EXCEPT c EXCEPT d} is a and b, but not what is c and not d.
 *
 * <p>Source: hosts_access(5), OPERATORS.
 */
record PatternList<T>(List<T> patterns, Optional<PatternList<T>> except) {

    private static final String SEPARATORS = "[,\\s]+";

    private static final String EXCEPT = "EXCEPT";

    /** Whether one pattern matches somebody. */
    interface Matcher<T> {
        boolean matches(T pattern) throws InterruptedException, UndecidedException;
    }

    static <T> PatternList<T> parse(String text, Function<String, T> parser) {
        List<String> words = new ArrayList<>(List.of(text.split(SEPARATORS)));
        words.removeIf(String::isEmpty);
        // From the end, so that no list is too long for the stack.
        Optional<PatternList<T>> rest = Optional.empty();
        List<T> patterns = new ArrayList<>();
        for (int i = words.size() - 1; i >= 0; i--) {
            if (words.get(i).equalsIgnoreCase(EXCEPT)) {
                rest = Optional.of(new PatternList<>(List.copyOf(patterns), rest));
                patterns.clear();
            } else {
                patterns.add(0, parser.apply(words.get(i)));
            }
        }
        return new PatternList<>(List.copyOf(patterns), rest);
    }

    boolean matches(Matcher<T> matcher) throws InterruptedException, UndecidedException {
        return Decision.both(() -> Decision.any(patterns, matcher::matches),
                () -> except.isEmpty() || !except.get().matches(matcher));
    }

    /** How many patterns there are. */
    int size() {
        return patterns.size() + except.map(PatternList::size).orElse(0);
    }
}
