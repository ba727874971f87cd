package org.switchboard.dispatcher.internal.listen;

import io.netty.channel.Channel;

/** A listener that is a channel of an event loop: it reads, or does not read for now, or is closed. */
abstract class ChannelListener implements Listener {

    private final Channel channel;
    private volatile boolean wanted;

    /** @param channel not reading yet */
    ChannelListener(Channel channel) {
        this.channel = channel;
        channel.config().setAutoRead(false);
    }

    Channel channel() {
        return channel;
    }

    /** Whether it should be reading, whatever it does at the moment. */
    boolean isWanted() {
        return wanted;
    }

    @Override
    public final void pause() {
        wanted = false;
        channel.config().setAutoRead(false);
    }

    @Override
    public final void resume() {
        wanted = true;
        channel.config().setAutoRead(true);
    }

    @Override
    public final void close() {
        wanted = false;
        Loops.close(channel);
    }

    @Override
    public final String state() {
        return wanted ? "open" : "paused";
    }
}
