package org.switchboard.dispatcher.internal.buffer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.switchboard.dispatcher.internal.session.LiveSession;

/** What one session keeps in buffers: what is written and not sent, and what is read and not taken. */
public final class SessionBuffers {

    private final BufferBudget budget;
    private final LiveSession session;
    private final Channel channel;
    private volatile long received;
    private volatile long held;
    private boolean over; // guarded by this

    SessionBuffers(BufferBudget budget, LiveSession session, Channel channel) {
        this.budget = budget;
        this.session = session;
        this.channel = channel;
    }

    /** From now on one buffer at a time is read, when somebody asks for it. */
    public void readSingly() {
        budget.readSingly(channel);
    }

    /** How much a blocking provider may write at a time. */
    public int piece() {
        return budget.piece();
    }

    /** Something was written, or sent. Cheap when nothing is kept. */
    public void update() {
        if (held == 0 && unsent() == 0) {
            return;
        }
        if (channel.config().getWriteBufferWaterMark() != budget.waterMark()) {
            channel.config().setWriteBufferWaterMark(budget.waterMark());
        }
        report();
    }

    /** Something was read that nobody has taken yet, or was taken. @param difference in bytes */
    public synchronized void received(long difference) {
        received += difference;
        report();
    }

    private void report() {
        long difference = recount();
        if (difference != 0) {
            budget.changed(this, difference, held > 0);
        }
    }

    /** Looks what is kept now. @return how much more that is than before */
    synchronized long recount() {
        if (over) {
            return 0;
        }
        long before = held;
        held = unsent() + received;
        return held - before;
    }

    private long unsent() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    long held() {
        return held;
    }

    /** The session is over, and all it kept is released. */
    public void close() {
        long difference = end();
        if (difference != 0) {
            budget.changed(this, difference, false);
        }
    }

    /** @return how much less is kept than before */
    private synchronized long end() {
        over = true;
        long before = held;
        held = 0;
        return -before;
    }

    /** Closes the session because it keeps too much. @return how much less is kept than before */
    long giveUp() {
        long difference = end();
        session.finish("memory", "");
        session.end();
        return difference;
    }

    void later(Runnable action, long seconds) {
        try {
            channel.eventLoop().schedule(action, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException ending) {
            action.run();
        }
    }

    /** Who it is: the session and its client. */
    @Override
    public String toString() {
        return session + " from " + session.remote();
    }
}
