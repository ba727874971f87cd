package org.switchboard.dispatcher.internal.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.netty.LastAnswer;

/**
 * Serves a session whose whole pipeline is one {@link LastAnswer} without an event loop: the answer is written to the
 * descriptor and the connection closed, which saves registering, the pipeline's events and two promises.
 */
final class ShortSession {

    private ShortSession() {
    }

    /** Serves and closes the connection, which is not registered; false, with nothing done, if it is not of that kind. */
    static boolean serve(LiveSession session, Channel channel) {
        boolean alone = channel.pipeline().first() instanceof LastAnswer && channel.pipeline().last() == channel.pipeline().first();
        if (!alone || !(channel instanceof UnixChannel unix)) {
            return false;
        }
        LastAnswer.holdBack(channel);
        ByteBuf answer = ((LastAnswer) channel.pipeline().first()).content(channel.alloc());
        try {
            int written = write(unix.fd(), answer);
            if (written == 0) {
                return false;
            }
            ConnectionServer.discard(channel);
            session.finish("ok", "in=0 out=" + written);
        } catch (IOException cut) {
            ConnectionServer.discard(channel);
            session.finish("reset", "in=0 out=0");
        } finally {
            answer.release();
        }
        return true;
    }

    private static int write(FileDescriptor descriptor, ByteBuf answer) throws IOException {
        ByteBuffer bytes = answer.internalNioBuffer(answer.readerIndex(), answer.readableBytes());
        return descriptor.write(bytes, bytes.position(), bytes.limit());
    }
}
