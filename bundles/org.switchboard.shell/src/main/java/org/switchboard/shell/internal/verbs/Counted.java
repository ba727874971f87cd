package org.switchboard.shell.internal.verbs;

/** How many there are of something, in words. */
public final class Counted {

    private Counted() {
    }

    public static String of(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
