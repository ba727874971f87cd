package org.switchboard.dispatcher.internal.listen;

import io.netty.channel.Channel;

/** A listener that is a channel of an event loop: it reads, or does not read for now, or is closed. */
public abstract class ChannelListener implements Listener {

    private final Channel channel;
    private volatile boolean wanted; // written under this, as is held
    private boolean held;

    /** @param channel not reading yet */
    ChannelListener(Channel channel) {
        this.channel = channel;
        channel.config().setAutoRead(false);
    }

    Channel channel() {
        return channel;
    }

    private synchronized boolean isReading() {
        return wanted && !held;
    }

    @Override
    public final synchronized void pause() {
        wanted = false;
        channel.config().setAutoRead(false);
    }

    @Override
    public final synchronized void resume() {
        wanted = true;
        read();
    }

    /** Takes no more clients until {@link #letGo}, whatever else is wanted. On the event loop, at once. */
    public final synchronized void hold() {
        held = true;
        channel.config().setAutoRead(false);
    }

    /** Takes clients again, if that is wanted. Any thread. */
    public final synchronized void letGo() {
        held = false;
        read();
    }

    /** Reads from now on, if that is wanted and nothing holds it back. */
    final synchronized void read() {
        if (wanted && !held) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public final void close() {
        wanted = false;
        Loops.close(channel);
    }

    @Override
    public final String state() {
        return isReading() ? "open" : "paused";
    }
}
