package org.switchboard.itests.felix;

import static org.junit.Assert.fail;
import static org.junit.Assume.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a test needs of the machine, as {@code itests/needs} has it for JUnit 5; for JUnit 4, inside the framework. */
public final class Needs {

    private Needs() {
    }

    /** Skips the test unless it runs as root. */
    public static void root(String test, String why) {
        skipUnless(new UnixSystem().getUid() == 0, test, "needs root: " + why);
    }

    /** Skips the test unless that program is there; fails it where the build server has installed all packages. */
    public static void program(String test, Path program, String debianPackage) {
        String why = "no " + program + " on this machine (Debian: apt install " + debianPackage + ")";
        if ("yes".equals(System.getenv("TESTS_REQUIRE_PACKAGES")) && !Files.isExecutable(program)) {
            fail(why);
        }
        skipUnless(Files.isExecutable(program), test, why);
    }

    private static void skipUnless(boolean condition, String test, String why) {
        if (!condition) {
            System.out.println("SKIPPED: " + test + ": " + why);
        }
        assumeTrue(why, condition);
    }
}
