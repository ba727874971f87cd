package org.switchboard.config.inetd.internal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchboard.api.entry.Mode;

/**
 * The fourth column: who accepts, and how many are served.
 *
 * @param options the limits
 */
record ModeWord(Mode mode, Map<String, String> options) {

    static final String SERVICE_MAX = "service_max";
    static final String INSTANCES = "instances";
    static final String UNLIMITED = "UNLIMITED";

    private static final String WAIT = "wait";
    private static final String NOWAIT = "nowait";
    private static final int MOST_CHILDREN = 32767;

    static ModeWord read(Rules rules, Word word, Warnings warnings) throws Misread {
        String text = word.text();
        int end = 0;
        while (end < text.length() && isLetter(text.charAt(end))) {
            end++;
        }
        String base = text.substring(0, end);
        String rest = text.substring(end);
        boolean slash = rules.has(Trait.SLASH_LIMITS) && rest.startsWith("/");
        boolean dot = !rest.isEmpty() && rules.limit().separators().indexOf(rest.charAt(0)) >= 0;
        Optional<Mode> exact = exact(base);
        if (exact.isPresent() && (rest.isEmpty() || slash || dot)) {
            return new ModeWord(exact.get(), slash ? slashes(word, exact.get(), rest) : limit(rules, word, rest, warnings));
        }
        if (exact.isEmpty() && rules.has(Trait.MODE_BY_BEGINNING) || exact.isPresent() && !rest.isEmpty()
                && rules.has(Trait.MODE_BY_BEGINNING)) {
            return byBeginning(rules, word, warnings);
        }
        if (rules.has(Trait.MODE_GUESSED)) {
            warnings.warn(word, word.quoted() + " is neither 'wait' nor 'nowait'; taken for 'nowait'");
            return new ModeWord(Mode.NOWAIT, dot ? limit(rules, word, rest, warnings) : Map.of());
        }
        throw exact.isPresent() ? new Misread(word, Word.quoted(rest) + " cannot follow '" + base + "'") : neither(word);
    }

    private static ModeWord byBeginning(Rules rules, Word word, Warnings warnings) throws Misread {
        String text = word.text();
        Mode mode = text.startsWith(WAIT) ? Mode.WAIT : Mode.NOWAIT;
        if (mode == Mode.NOWAIT && !text.startsWith(NOWAIT)) {
            throw neither(word);
        }
        int slash = text.indexOf('/');
        warnings.warn(word, word.quoted() + " is taken for '" + (mode == Mode.WAIT ? WAIT : NOWAIT) + "'"
                + (slash < 0 ? "" : " and what follows the first '/'"));
        return new ModeWord(mode, slash < 0 ? Map.of() : slashes(word, mode, text.substring(slash)));
    }

    private static Optional<Mode> exact(String base) {
        return base.equals(WAIT) ? Optional.of(Mode.WAIT) : base.equals(NOWAIT) ? Optional.of(Mode.NOWAIT) : Optional.empty();
    }

    private static Misread neither(Word word) {
        return new Misread(word, word.quoted() + " is neither 'wait' nor 'nowait'");
    }

    private static Map<String, String> limit(Rules rules, Word word, String rest, Warnings warnings) throws Misread {
        if (rest.isEmpty()) {
            return Map.of();
        }
        Limit limit = rules.limit();
        String text = rest.substring(1);
        Limit.warnIfTooLarge(word, text, warnings);
        Optional<Integer> number = limit.read(text);
        if (number.isPresent()) {
            return Map.of(SERVICE_MAX, number.get() == 0 && limit.zeroIsNone() ? UNLIMITED
                    : Integer.toString(limit.served(number.get())));
        }
        String complaint = "limit " + Word.quoted(text) + " in " + word.quoted() + " is not a number of at least 1";
        switch (limit.broken()) {
            case COSTS_ENTRY -> throw new Misread(word, complaint);
            case IGNORED -> {
                warnings.warn(word, complaint + "; ignored");
                return Map.of();
            }
            default -> {
                int served = limit.served(limit.fallback());
                warnings.warn(word, complaint + "; taken for '" + limit.fallback() + "', which serves "
                        + (served == 0 ? "nobody" : served));
                return Map.of(SERVICE_MAX, Integer.toString(served));
            }
        }
    }

    /** {@code /child/cpm/childperip}, where 0 is no limit and what follows digits is nothing. */
    private static Map<String, String> slashes(Word word, Mode mode, String rest) throws Misread {
        String[] parts = rest.substring(1).split("/", -1);
        Map<String, String> options = new TreeMap<>();
        String[] names = {INSTANCES, "cpm", "per_source"};
        for (int i = 0; i < parts.length && i < names.length; i++) {
            int end = 0;
            while (end < parts[i].length() && parts[i].charAt(end) >= '0' && parts[i].charAt(end) <= '9') {
                end++;
            }
            String digits = parts[i].substring(0, end);
            if (digits.isEmpty() || digits.length() > 5 || Integer.parseInt(digits) > MOST_CHILDREN) {
                throw new Misread(word, "limit " + Word.quoted(parts[i]) + " in " + word.quoted() + " is not a number up to "
                        + MOST_CHILDREN);
            }
            int number = Integer.parseInt(digits);
            // One program at a time has a 'wait' socket; whoever asks for more is told that it has no effect.
            if (mode == Mode.NOWAIT || i > 0 || number > 1) {
                options.put(names[i], number == 0 ? UNLIMITED : Integer.toString(number));
            }
        }
        return options;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}
