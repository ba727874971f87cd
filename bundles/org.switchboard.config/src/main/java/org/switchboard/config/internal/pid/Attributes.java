package org.switchboard.config.internal.pid;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

/**
 * The values of one configuration. Typed values and their texts are both taken, since a {@code .cfg} file knows texts only.
 * What does not fit is a finding and reads as if it were not there; so does an empty text. Not thread-safe.
 */
final class Attributes {

    private final Map<String, ?> values;
    private final Origin origin;
    private final List<Finding> findings = new ArrayList<>();
    private boolean failed;

    Attributes(Map<String, ?> values, Origin origin) {
        this.values = values;
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Whether something was found that costs the service. */
    boolean failed() {
        return failed;
    }

    void error(String message) {
        failed = true;
        findings.add(Finding.error(origin, message + "; service skipped"));
    }

    void warning(String message) {
        findings.add(Finding.warning(origin, message));
    }

    Set<String> keys() {
        return new TreeSet<>(values.keySet());
    }

    boolean has(String key) {
        return !all(key).isEmpty();
    }

    /** One word or sentence; empty if there is none. */
    String text(String key) {
        List<String> texts = all(key);
        if (texts.size() > 1) {
            error("'" + key + "' has " + texts.size() + " values, and takes one");
        }
        if (texts.isEmpty() || texts.get(0).chars().anyMatch(Character::isISOControl)) {
            texts.stream().findFirst().ifPresent(text -> error("'" + key + "' contains a control character"));
            return "";
        }
        return texts.get(0);
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text.isEmpty() ? otherwise : text;
    }

    OptionalInt number(String key, int least, int most) {
        String text = text(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (text.matches("-?[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        error("'" + key + "' must be a number from " + least + " to " + most + ", not '" + text + "'");
        return OptionalInt.empty();
    }

    boolean flag(String key, boolean otherwise) {
        String text = text(key).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "" -> otherwise;
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> {
                error("'" + key + "' must be 'true' or 'false', not '" + text + "'");
                yield otherwise;
            }
        };
    }

    /** Several words: a list as it is, a single text cut as {@code cutter} says. */
    List<String> words(String key, WordCutter cutter) {
        Object value = values.get(key);
        if (!(value instanceof String text)) {
            return all(key);
        }
        try {
            return cutter.cut(text);
        } catch (IllegalArgumentException e) {
            error("'" + key + "': " + e.getMessage());
            return List.of();
        }
    }

    /** All values of a key as texts, without the empty ones unless the key holds a list. */
    private List<String> all(String key) {
        Object value = values.get(key);
        List<String> texts = new ArrayList<>();
        if (value instanceof Collection<?> several) {
            several.forEach(one -> texts.add(String.valueOf(one)));
        } else if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                texts.add(String.valueOf(Array.get(value, i)));
            }
        } else if (value != null && !value.toString().isBlank()) {
            texts.add(value.toString().strip());
        }
        return texts.equals(List.of("")) ? List.of() : texts;
    }
}
