package org.switchboard.access.internal.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options of a line, in the order in which they are done.
 *
 * @param failure what is wrong with the one behind those in the list, which denies when its turn comes; nothing behind it counts
 */
public record OptionList(List<Option> options, Optional<String> failure) {

    public static final OptionList NONE = new OptionList(List.of(), Optional.empty());

    public OptionList {
        options = List.copyOf(options);
    }

    /**
     * Whether a line with these options admits a client that it matches.
     *
     * @param file whether the file does in which it stands
     */
    public boolean admits(boolean file) {
        if (failure.isPresent()) {
            return false;
        }
        OptionKind last = options.isEmpty() ? OptionKind.BANNERS : options.get(options.size() - 1).kind();
        return switch (last) {
            case ALLOW -> true;
            case DENY, TWIST -> false;
            default -> file;
        };
    }

    /** Options with colons between them; a colon in a value is written with a backslash. */
    public static OptionList parse(String text) {
        List<Option> options = new ArrayList<>();
        List<String> fields = fields(text);
        for (int i = 0; i < fields.size(); i++) {
            boolean last = i == fields.size() - 1;
            Optional<String> failure = parse(fields.get(i).strip(), last, options);
            if (failure.isPresent()) {
                return new OptionList(options, failure);
            }
        }
        return new OptionList(options, Optional.empty());
    }

    /** @return what is wrong; if nothing is, the option is in the list */
    private static Optional<String> parse(String field, boolean last, List<Option> options) {
        int end = 0;
        while (end < field.length() && "= \t".indexOf(field.charAt(end)) < 0) {
            end++;
        }
        String name = field.substring(0, end);
        String value = value(field.substring(end).strip());
        if (name.isEmpty()) {
            return Optional.of("missing option name");
        }
        Optional<OptionKind> kind = OptionKind.of(name);
        Optional<String> failure = kind.isEmpty() ? Optional.of("bad option name: \"" + name + "\"")
                : misuse(kind.get(), name, value, last).or(() -> kind.get().objection(value));
        if (failure.isEmpty()) {
            options.add(new Option(kind.get(), value));
        }
        return failure;
    }

    private static String value(String text) {
        return text.startsWith("=") ? text.substring(1).strip() : text;
    }

    private static Optional<String> misuse(OptionKind kind, String name, String value, boolean last) {
        if (value.isEmpty() && kind.value() == OptionKind.Value.NEEDED) {
            return Optional.of("option \"" + name + "\" requires value");
        }
        if (!value.isEmpty() && kind.value() == OptionKind.Value.NONE) {
            return Optional.of("option \"" + name + "\" requires no value");
        }
        return kind.isLast() && !last ? Optional.of("option \"" + name + "\" must be at end") : Optional.empty();
    }

    /** An empty field at the end counts: a rule that ends in a colon has an option without a name. */
    private static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ':') {
                field.append(':');
                i++;
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
