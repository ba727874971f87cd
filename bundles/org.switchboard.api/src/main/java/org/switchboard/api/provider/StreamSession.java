package org.switchboard.api.provider;

import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** A session with streams for a blocking provider. The server closes the connection when the provider returns. */
@ProviderType
public interface StreamSession extends Session {

    /** What the peer sends, until it closes its side. Closing this stream does nothing. */
    InputStream input();

    /**
     * To the peer. {@code flush()} sends, and so does the return of the provider; closing it ends our side of the connection,
     * the peer may go on sending.
     */
    OutputStream output();
}
