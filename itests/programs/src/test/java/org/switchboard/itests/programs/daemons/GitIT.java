package org.switchboard.itests.programs.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class GitIT {

    @Test
    void gitListsTheBranchesOfARepository() throws Exception {
        String git = Needs.program("git", "git");
        int port = FreePorts.next();
        try (Workspace files = Workspace.create()) {
            String commit = repository(git, files);
            String user = Needs.isRoot() ? "nobody" : "-";
            if (Needs.isRoot()) {
                Command.run("chown", "-R", "nobody", files.resolve("project.git").toString()).orFail();
            }
            try (RunningServer server = RunningServer.start("127.0.0.1:%d stream tcp nowait %s %s git daemon --inetd --export-all --base-path=%s"
                    .formatted(port, user, git, files.path()))) {
                String url = "git://localhost:" + port + "/project.git";
                assertThat(Command.run(git, "ls-remote", url).orFail()).contains(commit + "\trefs/heads/main");
                server.awaitLog("END .*outcome=ok.*pid=");
            }
        }
    }

    /** Makes a bare repository with one commit and returns that commit. */
    private static String repository(String git, Workspace files) throws Exception {
        Path bare = files.resolve("project.git");
        Command.run(git, "init", "--quiet", "--bare", "--initial-branch=main", bare.toString()).orFail();
        Path work = files.resolve("work");
        Command.run(git, "init", "--quiet", "--initial-branch=main", work.toString()).orFail();
        Command.run(work, git, "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet",
                "--allow-empty", "--message", "first").orFail();
        Command.run(work, git, "push", "--quiet", bare.toString(), "main").orFail();
        return Command.run(work, git, "rev-parse", "main").orFail().strip();
    }
}
