package org.switchboard.itests.programs;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Who we are, and what is installed here. */
public final class Host {

    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin");

    private Host() {
    }

    public static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    /** Skips the test, saying why, unless we are root. */
    public static void needsRoot(String why) {
        skipUnless(isRoot(), "needs root: " + why);
    }

    /** The path of a program. Without it the test is skipped, saying so; but as root, where it can be installed, it fails. */
    public static String needsProgram(String name, String debianPackage) {
        for (String folder : FOLDERS) {
            Path path = Path.of(folder, name);
            if (Files.isExecutable(path)) {
                return path.toString();
            }
        }
        String message = name + " is not installed (Debian: apt-get install " + debianPackage + ")";
        if (isRoot()) {
            return fail(message);
        }
        skipUnless(false, message);
        throw new IllegalStateException(message);
    }

    /** Skips the test, saying why, unless the condition holds. */
    public static void skipUnless(boolean condition, String why) {
        if (!condition) {
            System.out.println("SKIPPED: " + why);
        }
        Assumptions.assumeTrue(condition, why);
    }
}
