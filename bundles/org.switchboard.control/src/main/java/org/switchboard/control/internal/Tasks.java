package org.switchboard.control.internal;

import java.io.IOException;
import java.util.List;
import org.switchboard.control.internal.task.Task;
import org.switchboard.control.internal.wire.FrameWriter;
import org.switchboard.control.internal.wire.TerminalState;

/** What clients may ask for. */
interface Tasks {

    /** A command in words. */
    Task command(List<String> words, TerminalState terminal, FrameWriter client);

    /** An interactive shell on that terminal. */
    Task shell(TerminalState terminal, FrameWriter client) throws IOException;
}
