package org.switchboard.config.inetd.internal;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.switchboard.api.entry.Protocol;

/**
 * What one dialect means, where the inetds disagree. The grammar is the same for all of them.
 *
 * @param name of the dialect
 * @param traits what it knows
 * @param quotes where a quotation may stand
 * @param protocols the words of the third column, before any {@code ,option=value} and without {@code rpc/}
 * @param limit how a number after the mode is read
 * @param groups the characters that separate the group from the user, the one that counts for more first; empty where a dot is
 *     decided about when the user is looked up
 * @param argvZero what a program is called when its line does not say so
 * @param mostArguments how many there may be
 * @param manners what its entries are like that say nothing else
 */
record Rules(String name, Set<Trait> traits, Quotes quotes, Map<String, Protocol> protocols, Limit limit, String groups,
        ArgvZero argvZero, MostArguments mostArguments, Manners manners) {

    /** Where a quotation may stand. There are no escapes. */
    enum Quotes {
        /** The signs are letters like others. */
        NONE,
        /** Anywhere in a word, which goes on behind it; one without an end costs the entry. */
        ANYWHERE_CLOSED,
        /** Anywhere in a word; one without an end goes to the end of the line. */
        ANYWHERE,
        /** At the beginning of a word, which ends with it. */
        AT_START,
        /** The same, and a sign within a word begins a new word. */
        SPLITTING
    }

    /** What a program is called when its line does not say so. */
    enum ArgvZero {
        BASENAME, PATH,
        /** Nothing at all; a program cannot be started so on Linux, and is called as the last part of its path. */
        MISSING
    }

    /**
     * How many words may follow the program.
     *
     * @param count the most of them
     * @param cost whether more of them cost the entry, instead of being left out
     */
    record MostArguments(int count, boolean cost) {
        static final MostArguments ANY = new MostArguments(Integer.MAX_VALUE, false);
    }

    Rules {
        traits = Collections.unmodifiableSet(EnumSet.copyOf(traits));
        protocols = Map.copyOf(protocols);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
