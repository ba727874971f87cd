package org.switchboard.posix;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Watches descriptors until they become readable. */
@ProviderType
public interface Readiness {

    /**
     * Watches a descriptor, once: {@code onReadable} runs on the thread {@code switchboard-readiness} as soon as a read or
     * accept would not block (or an error is pending), and the watch is over. It must not block. The descriptor stays the
     * caller's and is open at least until the watch is over or cancelled.
     */
    Watch watch(int fd, Runnable onReadable) throws IOException;

    /** A running watch. */
    @ProviderType
    interface Watch {
        /** Ends the watch; when this returns, {@code onReadable} neither runs nor will run. Doing so twice does nothing. */
        void cancel();
    }
}
