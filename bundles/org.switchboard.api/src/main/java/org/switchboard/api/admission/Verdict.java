package org.switchboard.api.admission;

import java.time.Instant;
import java.util.Objects;

/** What an {@link AdmissionRule} says. */
public sealed interface Verdict {

    /** Yes. */
    record Admit(Lease lease) implements Verdict {
        private static final Admit PLAIN = new Admit(Lease.NONE);

        public Admit {
            Objects.requireNonNull(lease);
        }
    }

    /** Not this client; the reason is one word for the log, such as {@code per_source}. */
    record Refuse(String reason) implements Verdict {
        public Refuse {
            Objects.requireNonNull(reason);
        }
    }

    /**
     * Not this client, and nobody until then. In force at once: no client is admitted any more about whom the version of the
     * entry that the rule was asked about has to decide; the listeners close after that. The reason is a sentence.
     */
    record Suspend(Instant until, String reason) implements Verdict {
        public Suspend {
            Objects.requireNonNull(until);
            Objects.requireNonNull(reason);
        }
    }

    /**
     * Not yet: the client waits, and those behind it wait in the kernel's queue, because the listener stops accepting. The rules
     * are asked again at that time, and whenever a session of the entry ends. The reason is one word, such as {@code instances}.
     *
     * @param until {@link Instant#MAX} if only the end of a session can change the verdict
     */
    record Pause(Instant until, String reason) implements Verdict {
        public Pause {
            Objects.requireNonNull(until);
            Objects.requireNonNull(reason);
        }
    }

    /** Yes, with nothing to give back. */
    static Verdict admit() {
        return Admit.PLAIN;
    }

    /** Yes; the lease is released when the session is over. */
    static Verdict admit(Lease lease) {
        return new Admit(lease);
    }

    static Verdict refuse(String reason) {
        return new Refuse(reason);
    }

    static Verdict suspend(Instant until, String reason) {
        return new Suspend(until, reason);
    }

    static Verdict pause(Instant until, String reason) {
        return new Pause(until, reason);
    }
}
