package org.switchboard.posix;

import java.time.Duration;
import java.util.Objects;

/** How a {@link Program} ended. */
public sealed interface Exit {

    /**
     * It ran and was reaped.
     *
     * @param status the exit status; meaningless if a signal ended it
     * @param signal the signal that ended it; 0 if none did
     * @param cpu user and system time together
     * @param peakMemory the largest resident set of the program itself, in bytes
     */
    record Ended(int status, int signal, Duration cpu, long peakMemory) implements Exit {
        public Ended {
            Objects.requireNonNull(cpu);
        }
    }

    /** It never ran: {@code exec /usr/sbin/in.ftpd: No such file or directory}. */
    record NotStarted(String reason, int errno) implements Exit {
        public NotStarted {
            Objects.requireNonNull(reason);
        }
    }

    /** The resident process went away, so nobody can know: the program may still run. */
    record Unknown(String reason) implements Exit {
        public Unknown {
            Objects.requireNonNull(reason);
        }
    }
}
