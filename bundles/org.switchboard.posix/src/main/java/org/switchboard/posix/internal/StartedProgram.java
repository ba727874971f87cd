package org.switchboard.posix.internal;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.Program;

/** A program as far as the spawner has told. */
final class StartedProgram implements Program {

    private final long id;
    private final Launch launch;
    private final Resident resident;
    private final CompletableFuture<Long> started = new CompletableFuture<>();
    private final CompletableFuture<Exit> exited = new CompletableFuture<>();

    StartedProgram(long id, Launch launch, Resident resident) {
        this.id = id;
        this.launch = launch;
        this.resident = resident;
    }

    @Override
    public CompletionStage<Long> started() {
        return started.minimalCompletionStage();
    }

    @Override
    public OptionalLong pid() {
        return started.isDone() && !started.isCompletedExceptionally() ? OptionalLong.of(started.join()) : OptionalLong.empty();
    }

    @Override
    public CompletionStage<Exit> exited() {
        return exited.minimalCompletionStage();
    }

    @Override
    public void signal(int number) {
        if (!exited.isDone()) {
            resident.signal(id, number);
        }
    }

    void runs(long pid) {
        started.complete(pid);
    }

    void failed(long step, int errno) {
        String reason = Wire.step(step, launch) + ": " + Errors.text(errno);
        started.completeExceptionally(new PosixException(reason, errno));
        exited.complete(new Exit.NotStarted(reason, errno));
    }

    /** It was not executed in time, and has been killed. */
    void givenUp(String reason) {
        started.completeExceptionally(new PosixException(reason, LibC.ETIMEDOUT));
        exited.complete(new Exit.NotStarted(reason, LibC.ETIMEDOUT));
    }

    String program() {
        return launch.program();
    }

    boolean isAnswered() {
        return started.isDone();
    }

    /** @param waitStatus as wait(2) has it */
    void ended(int waitStatus, long cpuMicros, long peakMemory) {
        int signal = waitStatus & 0x7f;
        if (!started.isDone()) {
            started.completeExceptionally(new PosixException("start " + launch.program() + ": killed before it was executed", 0));
        }
        exited.complete(new Exit.Ended(waitStatus >> 8 & 0xff, signal, Duration.ofNanos(cpuMicros * 1000), peakMemory));
    }

    void lost(String reason) {
        started.completeExceptionally(new PosixException("start " + launch.program() + ": " + reason, 0));
        exited.complete(new Exit.Unknown(reason));
    }
}
