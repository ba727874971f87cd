package org.switchboard.control.internal;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.osgi.service.log.Logger;
import org.switchboard.control.internal.task.ExitCode;
import org.switchboard.control.internal.task.ShellUnavailableException;
import org.switchboard.control.internal.task.Task;
import org.switchboard.control.internal.wire.ChannelInput;
import org.switchboard.control.internal.wire.ChannelOutput;
import org.switchboard.control.internal.wire.Frame;
import org.switchboard.control.internal.wire.FrameReader;
import org.switchboard.control.internal.wire.FrameWriter;
import org.switchboard.control.internal.wire.ProtocolException;
import org.switchboard.control.internal.wire.TerminalState;

/** One client, from its first line to its exit code. Its own thread reads; the task it asked for has another. */
final class Connection {

    /** What both sides say first. */
    static final String GREETING = "switchboard-control 1";

    private final String name;
    private final SocketChannel channel;
    private final FrameReader in;
    private final ChannelOutput stream;
    private final FrameWriter out;
    private final Tasks tasks;
    private final Semaphore shells;
    private final Logger log;

    /**
     * Takes ownership of the channel.
     *
     * @param name of the connection, for its threads
     */
    Connection(String name, SocketChannel channel, Tasks tasks, Semaphore shells, Logger log) {
        this.name = name;
        this.channel = channel;
        this.in = new FrameReader(new BufferedInputStream(new ChannelInput(channel)));
        this.stream = new ChannelOutput(channel, name + "-out");
        this.out = new FrameWriter(stream);
        this.tasks = tasks;
        this.shells = shells;
        this.log = log;
    }

    /** A request as it arrived, and the terminal that it came from. */
    private record Request(Frame frame, TerminalState terminal) {
    }

    /**
     * Serves the client until it is done or gone, and closes the connection.
     *
     * @param requested told when the request is there, so that the client need not hurry any more
     */
    void serve(Runnable requested) {
        try (channel; stream) {
            out.greeting(GREETING);
            if (in.greeting().equals(GREETING)) {
                Request request = request();
                requested.run();
                if (request.frame().type() == Frame.SHELL) {
                    shell(request.terminal());
                } else {
                    follow(tasks.command(FrameReader.words(request.frame()), request.terminal(), out));
                }
            }
        } catch (ProtocolException e) {
            log.warn("control connection closed: the client sent {}", e.getMessage());
        } catch (EOFException | ClosedChannelException e) {
            log.debug("control connection ended early");
        } catch (IOException e) {
            log.debug("control connection broken: {}", e.getMessage());
        }
    }

    /** Tells the client in a line why it is not served, and closes the connection. */
    void refuse(String why) {
        try (channel; stream) {
            out.greeting(GREETING);
            end(why);
        } catch (IOException e) {
            log.debug("a refused control client did not wait to hear why: {}", e.getMessage());
        }
    }

    /** Ends whatever the client does. Safe from any thread. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("closing a control connection: {}", e.getMessage());
        }
    }

    private Request request() throws IOException {
        TerminalState terminal = TerminalState.NONE;
        while (true) {
            Frame frame = in.next().orElseThrow(EOFException::new);
            switch (frame.type()) {
                case Frame.TERMINAL -> terminal = TerminalState.of(frame);
                case Frame.COMMAND, Frame.SHELL -> {
                    return new Request(frame, terminal);
                }
                default -> throw new ProtocolException("a frame '" + frame.type() + "' before a request");
            }
        }
    }

    private void shell(TerminalState terminal) throws IOException {
        if (terminal.equals(TerminalState.NONE)) {
            throw new ProtocolException("a request for a shell without a terminal");
        }
        if (!shells.tryAcquire()) {
            end("too many shells are open; close one of them");
            return;
        }
        try {
            follow(tasks.shell(terminal, out));
        } catch (ShellUnavailableException e) {
            end(e.getMessage());
        } finally {
            shells.release();
        }
    }

    /** Runs the task and passes on what the client says meanwhile; a client that goes takes its task with it. */
    private void follow(Task task) throws IOException {
        Thread worker = new Thread(() -> work(task), name + "-task");
        worker.setDaemon(true);
        worker.start();
        try {
            for (Optional<Frame> frame = in.next(); frame.isPresent(); frame = in.next()) {
                switch (frame.get().type()) {
                    case Frame.TERMINAL -> task.resize(TerminalState.of(frame.get()));
                    case Frame.INPUT -> task.input(frame.get().payload());
                    default -> throw new ProtocolException("a frame '" + frame.get().type() + "' after a request");
                }
            }
        } finally {
            task.interrupt();
        }
    }

    private void work(Task task) {
        try {
            int code = task.run();
            out.write(Frame.EXIT, Integer.toString(code));
        } catch (IOException e) {
            log.debug("control client gone: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("a control command broke", e);
        } finally {
            close();
        }
    }

    private void end(String why) throws IOException {
        out.write(Frame.ERROR, why + "\n");
        out.write(Frame.EXIT, Integer.toString(ExitCode.FAILED));
    }
}
