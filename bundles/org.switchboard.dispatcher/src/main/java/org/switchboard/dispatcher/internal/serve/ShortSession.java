package org.switchboard.dispatcher.internal.serve;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.netty.LastAnswer;

/**
 * Serves a session whose whole pipeline is one {@link LastAnswer} without an event loop: the answer is written to the
 * descriptor and the connection closed, which saves registering, the pipeline's events and two promises.
 */
final class ShortSession {

    /** What the kernel reads the answer from, one for each event loop. */
    private static final FastThreadLocal<ByteBuffer> BUFFER = new FastThreadLocal<>() {
        @Override
        protected ByteBuffer initialValue() {
            return ByteBuffer.allocateDirect(LastAnswer.MAX_BYTES);
        }
    };

    private ShortSession() {
    }

    /** Serves and closes the connection, which is not registered; false, with nothing done, if it is not of that kind. */
    static boolean serve(LiveSession session, Channel channel) {
        boolean alone = channel.pipeline().first() instanceof LastAnswer && channel.pipeline().last() == channel.pipeline().first();
        if (!alone || !(channel instanceof UnixChannel unix)) {
            return false;
        }
        LastAnswer.holdBack(channel);
        ByteBuffer answer = BUFFER.get().clear();
        ((LastAnswer) channel.pipeline().first()).copyTo(answer);
        try {
            int written = unix.fd().write(answer, 0, answer.position());
            if (written == 0) {
                return false;
            }
            ConnectionServer.discard(channel);
            session.finish("ok", "in=0 out=" + written);
        } catch (IOException cut) {
            ConnectionServer.discard(channel);
            session.finish("reset", "in=0 out=0");
        }
        return true;
    }
}
