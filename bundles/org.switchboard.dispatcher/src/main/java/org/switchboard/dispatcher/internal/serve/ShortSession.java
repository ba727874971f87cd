package org.switchboard.dispatcher.internal.serve;

import java.io.IOException;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.session.LiveSession;

/**
 * Serves a session that is nothing but one short answer: the answer is sent and the connection ended, which saves
 * making a channel of it, an event loop, the pipeline's events and two promises.
 */
final class ShortSession {

    private ShortSession() {
    }

    /**
     * Serves and ends the connection. The session is over when the answer is sent, not when the client has ended its
     * side as well.
     */
    static void serve(LiveSession session, AcceptedConnection connection, byte[] answer) {
        try {
            int sent = connection.sendLast(answer);
            session.finish("ok", "in=0 out=" + sent);
        } catch (IOException cut) {
            session.finish("reset", "in=0 out=0");
        }
    }
}
