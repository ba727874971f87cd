package org.switchboard.posix;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A program that was asked to start. What depends on its stages runs on the thread {@code switchboard-spawner}: it must not block. */
@ProviderType
public interface Program {

    /** Completes with the process id as soon as that is known, or exceptionally with a {@link PosixException} if it did not start. */
    CompletionStage<Long> started();

    /** The process id, if it is known by now. */
    OptionalLong pid();

    /** Completes, never exceptionally, when the program ended or could not be started. */
    CompletionStage<Exit> exited();

    /**
     * Sends a signal to the program, only while it has not been reaped: its pid is never somebody else's. SIGKILL goes
     * to its whole process group, because the program cannot end its children any more.
     */
    void signal(int number);
}
