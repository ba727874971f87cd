package org.switchboard.control.internal.shell;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.switchboard.control.internal.task.ShellUnavailableException;
import org.switchboard.control.internal.task.Task;
import org.switchboard.control.internal.wire.FrameWriter;
import org.switchboard.control.internal.wire.TerminalState;

/** Opens interactive shells. Itself without JLine, so that a server without it starts, and says so when somebody asks. */
public final class Shells {

    private final BundleContext context;
    private final CommandProcessor processor;
    private final Path state;
    /** Whether gogo.jline's commands are registered; guarded by this. */
    private boolean equipped;

    /** @param state the directory that keeps the history */
    public Shells(BundleContext context, CommandProcessor processor, Path state) {
        this.context = context;
        this.processor = processor;
        this.state = state;
    }

    /**
     * A shell for that client. The first one brings the commands of gogo.jline into Gogo, where they stay until the bundle stops.
     *
     * @throws ShellUnavailableException if a bundle is missing
     */
    public synchronized Task open(TerminalState terminal, FrameWriter client) throws IOException {
        try {
            if (!equipped) {
                GogoCommands.register(context, processor);
                equipped = true;
            }
            return new InteractiveShell(processor, terminal, client, state);
        } catch (NoClassDefFoundError e) {
            throw new ShellUnavailableException("no interactive shell: the bundles org.jline and"
                    + " org.apache.felix.gogo.jline are not there (no class " + e.getMessage() + ")");
        }
    }
}
