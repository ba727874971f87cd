package org.switchboard.provider.exec.internal;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.switchboard.api.provider.Ending;
import org.switchboard.api.provider.Instance;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Program;

/** One running program. */
final class ProgramInstance implements Instance {

    private static final int SIGTERM = 15;
    private static final double KIB = 1024;

    private final Program program;

    ProgramInstance(Program program) {
        this.program = program;
    }

    @Override
    public String description() {
        OptionalLong pid = program.pid();
        return pid.isPresent() ? "pid=" + pid.getAsLong() : "starting";
    }

    @Override
    public CompletionStage<Ending> ended() {
        return program.exited().thenApply(this::ending);
    }

    @Override
    public void end() {
        program.signal(SIGTERM);
    }

    private Ending ending(Exit exit) {
        if (exit instanceof Exit.NotStarted failed) {
            return Ending.notStarted(failed.reason());
        }
        if (exit instanceof Exit.Ended ended) {
            return Ending.of(outcome(ended), String.format(Locale.ROOT, "%scpu=%.2f peak=%s", pid(),
                    ended.cpu().toNanos() / 1e9, size(ended.peakMemory())));
        }
        return Ending.of("unknown", pid().trim());
    }

    private static String outcome(Exit.Ended ended) {
        if (ended.signal() != 0) {
            return "signal=" + ended.signal();
        }
        return ended.status() == 0 ? "ok" : "exit=" + ended.status();
    }

    private String pid() {
        OptionalLong pid = program.pid();
        return pid.isPresent() ? "pid=" + pid.getAsLong() + " " : "";
    }

    private static String size(long bytes) {
        double mebibytes = bytes / KIB / KIB;
        return mebibytes < KIB ? String.format(Locale.ROOT, "%.1fM", mebibytes)
                : String.format(Locale.ROOT, "%.1fG", mebibytes / KIB);
    }
}
