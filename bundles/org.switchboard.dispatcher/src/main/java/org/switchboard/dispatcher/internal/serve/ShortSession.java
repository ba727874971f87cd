package org.switchboard.dispatcher.internal.serve;

import java.io.IOException;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.posix.Sockets;

/**
 * Serves a session that is nothing but one short answer: the answer is sent and the connection closed, which saves making a
 * channel of it, an event loop, the pipeline's events and two promises.
 */
final class ShortSession {

    private ShortSession() {
    }

    /** Serves and closes the connection; false, with nothing done, if the kernel does not take the answer now. */
    static boolean serve(LiveSession session, AcceptedConnection connection, byte[] answer, Sockets sockets) {
        int sent;
        try {
            sent = sockets.sendLast(connection.fd(), answer);
        } catch (IOException cut) {
            connection.close();
            session.finish("reset", "in=0 out=0");
            return true;
        }
        if (sent == 0) {
            return false;
        }
        connection.close();
        session.finish("ok", "in=0 out=" + sent);
        return true;
    }
}
