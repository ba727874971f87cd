package org.switchboard.itests.programs;

import org.switchboard.itests.needs.Needs;

/** The older names of what {@link Needs} offers. */
public final class Host {

    private Host() {
    }

    public static boolean isRoot() {
        return Needs.isRoot();
    }

    public static void needsRoot(String why) {
        Needs.root(why);
    }

    public static String needsProgram(String name, String debianPackage) {
        return Needs.program(name, debianPackage);
    }

    public static void skipUnless(boolean condition, String why) {
        Needs.that(condition, why);
    }
}
