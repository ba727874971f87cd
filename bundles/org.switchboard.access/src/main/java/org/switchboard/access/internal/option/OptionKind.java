package org.switchboard.access.internal.option;

import java.util.Locale;
import java.util.Optional;

/** The options of a line. Source: hosts_options(5), Debian. */
enum OptionKind {
    USER(Value.NEEDED, false, false),
    GROUP(Value.NEEDED, false, false),
    UMASK(Value.NEEDED, false, false),
    LINGER(Value.NEEDED, false, false),
    KEEPALIVE(Value.NONE, false, false),
    SPAWN(Value.NEEDED, true, false),
    TWIST(Value.NEEDED, true, true),
    ACLEXEC(Value.NEEDED, true, false),
    RFC931(Value.OPTIONAL, false, false),
    SETENV(Value.NEEDED, true, false),
    NICE(Value.OPTIONAL, false, false),
    SEVERITY(Value.NEEDED, false, false),
    ALLOW(Value.NONE, false, true),
    DENY(Value.NONE, false, true),
    BANNERS(Value.NEEDED, false, false);

    /** Whether something stands behind the name. */
    enum Value { NEEDED, OPTIONAL, NONE }

    private final Value value;
    private final boolean expanded;
    private final boolean last;

    OptionKind(Value value, boolean expanded, boolean last) {
        this.value = value;
        this.expanded = expanded;
        this.last = last;
    }

    static Optional<OptionKind> of(String name) {
        for (OptionKind kind : values()) {
            if (kind.name().equalsIgnoreCase(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    Value value() {
        return value;
    }

    /** Whether {@code %} means something in the value. */
    boolean isExpanded() {
        return expanded;
    }

    /** Whether no other option may follow. */
    boolean isLast() {
        return last;
    }

    /** What is wrong with a value, in the words of libwrap; empty if nothing is, or only the system can say. */
    Optional<String> objection(String text) {
        boolean good = switch (this) {
            case UMASK -> text.matches("0*[0-7]{1,3}");
            case NICE -> text.isEmpty() || text.matches("[+-]?[0-9]{1,4}");
            case LINGER -> text.matches("\\+?[0-9]{1,5}");
            case RFC931 -> text.isEmpty() || text.matches("\\+?0*[1-9][0-9]{0,5}");
            case SEVERITY -> Severity.parse(text).isPresent();
            default -> true;
        };
        String what = switch (this) {
            case RFC931 -> "rfc931 timeout";
            case SEVERITY -> "syslog facility or severity";
            default -> name().toLowerCase(Locale.ROOT) + " value";
        };
        return good ? Optional.empty() : Optional.of("bad " + what + ": \"" + text + "\"");
    }
}
