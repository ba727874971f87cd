package org.switchboard.control.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * What comes in on a blocking channel. The stream of {@code java.nio.channels.Channels} will not do: up to JDK 18 it holds a lock
 * while it reads, with which nobody can write. Closing it does not close the channel.
 */
public final class ChannelInput extends InputStream {

    private final ReadableByteChannel channel;

    public ChannelInput(ReadableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }
}
