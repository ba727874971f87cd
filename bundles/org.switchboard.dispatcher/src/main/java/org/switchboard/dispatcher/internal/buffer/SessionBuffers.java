package org.switchboard.dispatcher.internal.buffer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.switchboard.dispatcher.internal.session.LiveSession;

/**
 * What one session keeps in buffers: in the server what is written and not sent, and what is read and not taken; in the
 * kernel what waits there in either direction.
 */
public final class SessionBuffers {

    /** After so many bytes it is first looked what the kernel keeps: most sessions are over before. */
    private static final long FIRST_LOOK = 16 * 1024;
    private static final long NEXT_LOOK = 128 * 1024;

    private final BufferBudget budget;
    private final LiveSession session;
    private final Channel channel;
    private volatile long received;
    private volatile long held;
    private volatile long kernel;
    private volatile long moved;
    private long nextLook = FIRST_LOOK; // event loop
    private long idle; // this and the next two: guarded by the budget's counting
    private long progress;
    private long movedBefore;
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

    /** @param total how many bytes the session has read and written until now; event loop */
    public void moved(long total) {
        moved = total;
        if (total >= nextLook) {
            nextLook = total + NEXT_LOOK;
            look();
        }
    }

    /** Looks what the server and the kernel keep now. */
    void look() {
        if (recount(KernelBuffers.of(channel))) {
            budget.changed(this, keepsAny());
        }
    }

    private void report() {
        if (recount(kernel)) {
            budget.changed(this, keepsAny());
        }
    }

    /** The same for all sessions in turn. @param longEnough since the progress of sessions was last looked at */
    void count(boolean longEnough) {
        recount(KernelBuffers.of(channel));
        long now = moved - unsent();
        progress = longEnough ? now - movedBefore : Math.max(progress, now - movedBefore);
        movedBefore = longEnough ? now : movedBefore;
        idle = Math.max(0, kept() - Math.max(0, progress));
    }

    private synchronized boolean recount(long inKernel) {
        if (over) {
            return false;
        }
        long heldBefore = held;
        long kernelBefore = kernel;
        held = unsent() + received;
        kernel = inKernel;
        budget.add(held - heldBefore, kernel - kernelBefore);
        return held != heldBefore || kernel != kernelBefore;
    }

    boolean keepsAny() {
        return held > 0 || kernel > 0;
    }

    /** In the server and in the kernel. */
    long kept() {
        return held + kernel;
    }

    /** What it keeps without having moved as much in a while: a fast stream keeps much, and is no burden. */
    long idle() {
        return idle;
    }

    private long unsent() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** The session is over, and all it kept is released. */
    public void close() {
        if (keepsAny()) {
            end();
            budget.changed(this, false);
        } else {
            end();
        }
    }

    private synchronized void end() {
        over = true;
        budget.add(-held, -kernel);
        held = 0;
        kernel = 0;
    }

    /** Closes the session because it keeps too much. */
    void giveUp() {
        end();
        session.finish("memory", "");
        if (channel.eventLoop().inEventLoop()) {
            cut();
        } else {
            try {
                channel.eventLoop().execute(this::cut);
            } catch (RejectedExecutionException ended) {
                // What was on the loop is closed already.
            }
        }
        session.end();
    }

    /**
     * Resets the connection, past the pipeline, which would end it gently: the kernel is to forget what it keeps, and not
     * to offer it for minutes to a peer that does not read. Event loop.
     */
    private void cut() {
        try {
            if (channel.isOpen() && channel instanceof SocketChannel socket) {
                socket.config().setSoLinger(0);
            }
        } catch (ChannelException gone) {
            // The peer has cut the connection.
        }
        channel.unsafe().close(channel.newPromise());
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
