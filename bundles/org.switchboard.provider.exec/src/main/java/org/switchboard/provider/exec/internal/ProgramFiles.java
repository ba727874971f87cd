package org.switchboard.provider.exec.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchboard.posix.Account;
import org.switchboard.posix.SystemText;

/**
 * Which file the name of a program means: an absolute path itself; a path with a slash the file below the working directory; a
 * name without a slash the first file of that name in PATH that the user may execute.
 *
 * <p>Source: execve(2) and execvp(3). PATH is that of the server, and what is not absolute in it is passed over: it would depend
 * on the working directory.
 *
 * @param directory the working directory of programs
 * @param path the directories of PATH
 */
record ProgramFiles(String directory, List<String> path) {

    /** Where execvp(3) looks without a PATH. */
    private static final String WITHOUT_PATH = "/bin:/usr/bin";
    private static final int OWNER_EXECUTES = 0100;
    private static final int GROUP_EXECUTES = 0010;
    private static final int OTHERS_EXECUTE = 0001;

    static ProgramFiles of(String directory, Map<String, String> environment) {
        return new ProgramFiles(directory, Arrays.stream(environment.getOrDefault("PATH", WITHOUT_PATH).split(":"))
                .filter(each -> each.startsWith("/")).toList());
    }

    /** What is to be executed, from the working directory. */
    String executable(String program, Optional<Account> account) throws IOException {
        if (program.indexOf('/') >= 0) {
            return program;
        }
        return inPath(program, account).orElseThrow(() -> new IOException(notInPath(program)));
    }

    /** Why the program cannot be executed, if that can be seen. */
    Optional<String> obstacle(String program, Optional<Account> account) {
        if (program.indexOf('/') < 0) {
            return inPath(program, account).isPresent() ? Optional.empty() : Optional.of(notInPath(program));
        }
        Path file = SystemText.path(program.startsWith("/") ? program : directory + "/" + program);
        String shown = program.startsWith("/") ? program : program + " in the working directory " + directory;
        if (Files.isDirectory(file)) {
            return Optional.of(shown + ": Is a directory");
        }
        if (Files.isExecutable(file)) {
            return Optional.empty();
        }
        return Optional.of(shown + (Files.exists(file) ? ": Permission denied" : ": No such file or directory"));
    }

    private String notInPath(String program) {
        return program + ": No such program in PATH, " + String.join(":", path);
    }

    private Optional<String> inPath(String program, Optional<Account> account) {
        return path.stream().map(each -> each + "/" + program)
                .filter(candidate -> mayExecute(SystemText.path(candidate), account)).findFirst();
    }

    private static boolean mayExecute(Path file, Optional<Account> account) {
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            return false;
        }
        if (account.isEmpty() || account.get().uid() == 0) {
            return true;
        }
        try {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,uid,gid");
            int mode = (Integer) attributes.get("mode");
            int group = (Integer) attributes.get("gid");
            boolean member = account.get().gid() == group || account.get().groups().contains(group);
            int needed = account.get().uid() == (Integer) attributes.get("uid") ? OWNER_EXECUTES
                    : member ? GROUP_EXECUTES : OTHERS_EXECUTE;
            return (mode & needed) != 0;
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }
}
