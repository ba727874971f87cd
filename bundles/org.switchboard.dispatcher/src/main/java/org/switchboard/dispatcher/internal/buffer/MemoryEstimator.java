package org.switchboard.dispatcher.internal.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.MessageSizeEstimator;

/**
 * How much memory a message keeps until it is sent: all of its buffer, however little is in it. One that is shared by all
 * and never released keeps none.
 */
enum MemoryEstimator implements MessageSizeEstimator, MessageSizeEstimator.Handle {

    INSTANCE;

    private static final Class<?> SHARED = Unpooled.unreleasableBuffer(Unpooled.buffer(1)).getClass();

    @Override
    public Handle newHandle() {
        return this;
    }

    @Override
    public int size(Object message) {
        if (message instanceof ByteBuf buffer) {
            return buffer.getClass() == SHARED ? 0 : Math.max(buffer.readableBytes(), buffer.capacity());
        }
        return 0;
    }
}
