package org.switchboard.config.inetd.internal;

import java.util.Optional;
import org.switchboard.api.entry.Identity;

/** The fifth column: as whom a program runs. */
final class UserWord {

    private static final String OWN = Identity.server().user();

    private UserWord() {
    }

    static Identity read(Rules rules, Word word, Warnings warnings) throws Misread {
        String text = word.text();
        int slash = rules.has(Trait.LOGIN_CLASS) ? text.lastIndexOf('/') : -1;
        if (slash >= 0) {
            warnings.warn(word, "this system has no login classes; " + Word.quoted(text.substring(slash)) + " in " + word.quoted()
                    + " is ignored");
            text = text.substring(0, slash);
        }
        int end = separator(rules, text);
        Identity identity = identity(word, end < 0 ? text : text.substring(0, end),
                end < 0 ? Optional.empty() : Optional.of(text.substring(end + 1)));
        if (identity.group().isPresent() && identity.user().equals(OWN)) {
            throw new Misread(word, "user '-' is the server's own with its own groups; " + word.quoted() + " names another");
        }
        return identity;
    }

    /**
     * A dot may separate the group only where no user has the whole name, and that is not known before users are looked up. A
     * dialect that does not say that a dot separates keeps such a name whole.
     */
    private static int separator(Rules rules, String text) {
        String separators = rules.groups().isEmpty() ? ":" : rules.groups();
        for (int i = 0; i < separators.length(); i++) {
            int at = separators.charAt(i) == '.' ? text.indexOf('.') : rules.groups().isEmpty() || !rules.has(Trait.LOGIN_CLASS)
                    ? text.indexOf(':') : text.lastIndexOf(':');
            if (at >= 0) {
                return at;
            }
        }
        return -1;
    }

    private static Identity identity(Word word, String user, Optional<String> group) throws Misread {
        if (user.isEmpty() || group.isPresent() && group.get().isEmpty()) {
            throw new Misread(word, word.quoted() + " is not a user, or a user and a group");
        }
        return new Identity(user, group);
    }
}
