package org.switchboard.provider.exec.internal;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.switchboard.api.provider.Ending;
import org.switchboard.api.provider.Instance;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Program;

/** One running program. */
final class ProgramInstance implements Instance {

    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    private static final long CENTI = 10_000_000;
    private static final long MIB = 1 << 20;

    private final Program program;
    private final CompletionStage<Ending> ended;

    ProgramInstance(Program program) {
        this.program = program;
        this.ended = program.exited().thenApply(this::ending);
    }

    @Override
    public String description() {
        OptionalLong pid = program.pid();
        return pid.isPresent() ? "pid=" + pid.getAsLong() : "starting";
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public void end() {
        program.signal(SIGTERM);
    }

    @Override
    public void kill() {
        program.signal(SIGKILL);
    }

    private Ending ending(Exit exit) {
        if (exit instanceof Exit.NotStarted failed) {
            return Ending.notStarted(failed.reason());
        }
        if (exit instanceof Exit.Ended end) {
            return Ending.of(outcome(end), pid() + "cpu=" + seconds(end.cpu()) + " peak=" + mebibytes(end.peakMemory()));
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

    /** By hand, as a formatter would cost more than all else that the end of a program needs. */
    private static String seconds(Duration time) {
        long centis = time.toNanos() / CENTI;
        return centis / 100 + "." + centis % 100 / 10 + centis % 10;
    }

    private static String mebibytes(long bytes) {
        long tenths = (bytes * 10 + MIB / 2) / MIB;
        return tenths / 10 + "." + tenths % 10 + "M";
    }
}
