package org.switchboard.itests.needs;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. Where it is missing the test is skipped; {@link SkippedTests} prints the reason.
 * A missing program fails the test when the environment says {@value #REQUIRED}{@code =yes}: on the build server, which
 * installs all packages, a test must not be skipped because that went wrong.
 *
 * <p>After a skip in {@code @BeforeEach} the methods of {@code @AfterEach} run all the same. Where they need what was not
 * set up, ask in {@code @BeforeAll}, or in the test itself.
 */
public final class Needs {

    static final String REQUIRED = "TESTS_REQUIRE_PACKAGES";

    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin");

    private Needs() {
    }

    public static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    /** Skips the test unless it runs as root. */
    public static void root(String why) {
        that(isRoot(), "needs root: " + why);
    }

    /** The path of a program. */
    public static String program(String name, String debianPackage) {
        Optional<String> path = find(name);
        installed(path.isPresent(), "no " + name + " on this machine", debianPackage);
        return path.orElseThrow();
    }

    /** Where a program is, if it is installed. For a test that can do without. */
    public static Optional<String> find(String name) {
        return FOLDERS.stream().map(folder -> Path.of(folder, name)).filter(Files::isExecutable).map(Path::toString)
                .findFirst();
    }

    /** Skips or fails the test unless this holds on a machine with that package. */
    public static void installed(boolean condition, String lacking, String debianPackage) {
        boolean required = "yes".equals(System.getenv(REQUIRED));
        check(condition, lacking + " (Debian: apt install " + debianPackage + ")", required);
    }

    /** Skips the test unless the condition holds. */
    public static void that(boolean condition, String why) {
        check(condition, why, false);
    }

    static void check(boolean condition, String why, boolean required) {
        if (required && !condition) {
            Assertions.fail(why);
        }
        Assumptions.assumeTrue(condition, why);
    }
}
