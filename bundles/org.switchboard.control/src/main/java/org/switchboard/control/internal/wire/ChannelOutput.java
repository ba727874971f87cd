package org.switchboard.control.internal.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * What goes out on a blocking channel, written by a thread of its own. Ctrl-C interrupts the thread that prints, and a thread
 * interrupted while it writes to a channel closes the channel; here the client would be lost instead of the command.
 * Closing it ends the thread and does not close the channel.
 */
public final class ChannelOutput extends OutputStream {

    private final WritableByteChannel channel;
    private final ExecutorService writer;

    /** @param name the name of the thread */
    public ChannelOutput(WritableByteChannel channel, String name) {
        this.channel = channel;
        this.writer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Returns when the bytes are written, interrupted or not; only closing the channel ends it early. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Future<?> written;
        try {
            written = writer.submit(() -> {
                ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                return rest;
            });
        } catch (RejectedExecutionException e) {
            throw new IOException("the connection is closed", e);
        }
        await(written);
    }

    @Override
    public void close() {
        writer.shutdown();
    }

    private static void await(Future<?> written) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    written.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IOException(e.getCause().getMessage(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
