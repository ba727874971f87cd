package org.switchboard.provider.ident.internal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of an entry.
 *
 * @param flags those that were given
 * @param fallback who is named when nobody is found, or looked for
 * @param system what the operating system is called
 * @param timeout how long a client may take to ask
 */
record IdentOptions(Set<Flag> flags, Optional<String> fallback, String system, Duration timeout) {

    /** What an option without a value asks for. */
    enum Flag {
        /** {@code -f}: a user's {@code ~/.fakeid} is told instead of the name, unless somebody has that name. */
        FAKE,
        /** {@code -F}: the same, whoever has that name. */
        FAKE_ANYBODY,
        /** {@code -g}: random words for everybody. */
        GARBAGE,
        /** {@code -i}: numbers instead of names. */
        NUMBER,
        /** {@code -n}: a user who has a {@code ~/.noident} is hidden. */
        HIDE,
        /** {@code -r}: look up who it really is. */
        REAL
    }

    private static final String FLAGS = "fFginr";
    private static final String WITH_VALUE = "dot";
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Pattern TIME = Pattern.compile("(\\d{1,5})(?:\\.(\\d{1,6}))?");
    /** RFC 1413 wants the reply parsed at its colons, and in one line. */
    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e&&[^:]]{1,64}");

    IdentOptions {
        flags = Set.copyOf(flags);
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /**
     * Reads words as getopt(3) does.
     *
     * @throws IllegalArgumentException if they cannot be understood; the message says why
     */
    static IdentOptions parse(List<String> words) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        Optional<String> fallback = Optional.empty();
        String system = System.getProperty("os.name");
        Duration timeout = Duration.ofSeconds(10);
        for (Iterator<String> rest = words.iterator(); rest.hasNext();) {
            String word = rest.next();
            if (!word.startsWith("-") || word.length() == 1) {
                throw new IllegalArgumentException("'" + word + "' is not an option of auth");
            }
            for (int i = 1; i < word.length(); i++) {
                char option = word.charAt(i);
                if (FLAGS.indexOf(option) >= 0) {
                    flags.add(flag(option));
                    continue;
                }
                String value = value(word, i, rest);
                switch (option) {
                    case 'd' -> fallback = Optional.of(text(option, value));
                    case 'o' -> system = text(option, value);
                    default -> timeout = time(value);
                }
                break;
            }
        }
        return new IdentOptions(flags, fallback, system, timeout);
    }

    private static Flag flag(char option) {
        return switch (option) {
            case 'f' -> Flag.FAKE;
            case 'F' -> Flag.FAKE_ANYBODY;
            case 'g' -> Flag.GARBAGE;
            case 'i' -> Flag.NUMBER;
            case 'n' -> Flag.HIDE;
            default -> Flag.REAL;
        };
    }

    /** The rest of the word, or the next word. */
    private static String value(String word, int at, Iterator<String> rest) {
        if (WITH_VALUE.indexOf(word.charAt(at)) < 0) {
            throw new IllegalArgumentException("auth has no option '-" + word.charAt(at) + "'");
        }
        if (at + 1 < word.length()) {
            return word.substring(at + 1);
        }
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("option '-" + word.charAt(at) + "' of auth needs a value");
        }
        return rest.next();
    }

    private static String text(char option, String value) {
        if (!TEXT.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of option '-" + option
                    + "' of auth must have 1 to 64 printable characters, and no colon");
        }
        return value;
    }

    private static Duration time(String value) {
        Matcher matcher = TIME.matcher(value);
        if (matcher.matches()) {
            long micros = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
            Duration time = Duration.ofSeconds(Long.parseLong(matcher.group(1))).plusNanos(1000 * micros);
            if (!time.isZero() && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        }
        throw new IllegalArgumentException("option '-t' of auth must be a time as sec or sec.usec, an hour at most, not '" + value + "'");
    }
}
