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

    /** Not this client, and nobody until then: the listener closes after refusing. The reason is a sentence. */
    record Suspend(Instant until, String reason) implements Verdict {
        public Suspend {
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
}
