package org.switchboard.control.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.control.internal.shell.Shells;
import org.switchboard.control.internal.task.Task;
import org.switchboard.control.internal.wire.FrameWriter;
import org.switchboard.control.internal.wire.TerminalState;

/** Opens the control socket while Gogo is there. */
@Component(service = {})
public final class ControlServer implements Tasks {

    /** The framework property with the state directory; without it, the bundle's own data area serves. */
    private static final String STATE = "switchboard.state";

    private final CommandProcessor processor;
    private final Logger log;
    private final Shells shells;
    private final Acceptor acceptor;

    /** @throws IOException if the socket cannot be opened; the component is then not active, and the log says why */
    @Activate
    public ControlServer(BundleContext context, @Reference CommandProcessor processor,
            @Reference(service = LoggerFactory.class) Logger log) throws IOException {
        this.processor = processor;
        this.log = log;
        Path state = Optional.ofNullable(context.getProperty(STATE)).map(Path::of)
                .orElseGet(() -> context.getDataFile("").toPath());
        this.shells = new Shells(context, processor, state);
        this.acceptor = new Acceptor(ControlSocket.open(state), this, Bounds.DEFAULT, log);
    }

    @Activate
    void open() {
        acceptor.start();
    }

    @Deactivate
    void close() {
        try {
            acceptor.close();
        } catch (IOException e) {
            log.warn("the control socket is not removed: {}; the next server replaces it", e.getMessage());
        }
    }

    @Override
    public Task command(List<String> words, TerminalState terminal, FrameWriter client) {
        return new CommandRun(processor, words, terminal, client);
    }

    @Override
    public Task shell(TerminalState terminal, FrameWriter client) throws IOException {
        return shells.open(terminal, client);
    }
}
