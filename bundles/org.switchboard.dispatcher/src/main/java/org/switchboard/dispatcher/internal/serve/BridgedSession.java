package org.switchboard.dispatcher.internal.serve;

import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Session;
import org.switchboard.api.provider.StreamSession;

/** A session with the streams of its bridge. */
final class BridgedSession implements StreamSession {

    private static final int BUFFER_BYTES = 8192;

    private final Session session;
    private final InputStream input;
    private final OutputStream output;

    BridgedSession(Session session, InputStream input, OutputStream output) {
        this.session = session;
        this.input = input;
        this.output = new BufferedOutputStream(output, BUFFER_BYTES);
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public long number() {
        return session.number();
    }

    @Override
    public ServiceEntry entry() {
        return session.entry();
    }

    @Override
    public SocketAddress remote() {
        return session.remote();
    }

    @Override
    public SocketAddress local() {
        return session.local();
    }

    @Override
    public boolean draining() {
        return session.draining();
    }

    @Override
    public void onDrain(Runnable action) {
        session.onDrain(action);
    }
}
