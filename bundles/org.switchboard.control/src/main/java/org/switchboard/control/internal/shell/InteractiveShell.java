package org.switchboard.control.internal.shell;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.felix.gogo.jline.ParsedLineImpl;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.switchboard.control.internal.task.ExitCode;
import org.switchboard.control.internal.task.Task;
import org.switchboard.control.internal.task.UnknownCommand;
import org.switchboard.control.internal.wire.Frame;
import org.switchboard.control.internal.wire.FrameWriter;
import org.switchboard.control.internal.wire.TerminalState;

/** JLine on the terminal of one client: reads lines and runs them until the client leaves. */
final class InteractiveShell implements Task {

    private static final String PROMPT = "switchboard> ";
    private static final String WELCOME = "'list' shows the services, 'help' all commands; Ctrl-D leaves, and the server goes on.";

    private final Keyboard keyboard = new Keyboard();
    private final Terminal terminal;
    private final Object execution = new Object();
    private volatile ShellSession current;
    /** The thread that runs a command, none between commands; guarded by {@link #execution}. */
    private Optional<Thread> executing = Optional.empty();

    InteractiveShell(CommandProcessor processor, TerminalState state, FrameWriter client, Path directory) throws IOException {
        // JLine writes byte by byte, and flushes.
        OutputStream screen = new BufferedOutputStream(client.stream(Frame.OUTPUT));
        this.terminal = new ExternalTerminal("switchboard", state.type(), keyboard, screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(state.columns(), state.rows()));
        this.current = new ShellSession(processor, terminal, directory);
        terminal.handle(Signal.INT, signal -> interruptCommand());
    }

    @Override
    public int run() throws IOException {
        try {
            terminal.writer().println(WELCOME);
            describeCommands();
            boolean more = true;
            while (more) {
                more = readAndExecute();
            }
            return ExitCode.DONE;
        } finally {
            current.close();
            terminal.close();
        }
    }

    @Override
    public void input(byte[] bytes) throws IOException {
        keyboard.type(bytes);
    }

    @Override
    public void resize(TerminalState state) {
        terminal.setSize(new Size(state.columns(), state.rows()));
        terminal.raise(Signal.WINCH);
    }

    @Override
    public void interrupt() {
        keyboard.end();
        current.session().close();
    }

    private void describeCommands() {
        try {
            current.describeCommands();
        } catch (Exception e) {
            complain("the commands cannot be completed: " + e);
        }
    }

    /** One line; false at the end. */
    private boolean readAndExecute() throws IOException {
        LineReader reader = current.reader();
        try {
            reader.readLine(PROMPT);
            if (reader.getParsedLine() instanceof ParsedLineImpl line) {
                execute(line);
            }
            return true;
        } catch (UserInterruptException e) {
            return true;
        } catch (EndOfFileException | LeaveException e) {
            return false;
        }
    }

    private void execute(ParsedLineImpl line) throws LeaveException, IOException {
        CommandSession session = current.session();
        begin();
        try {
            Object result = session.execute(line.program());
            session.put(Shell.VAR_RESULT, result);
            if (result != null) {
                terminal.writer().println(session.format(result, Converter.INSPECT).toString().stripTrailing());
            }
        } catch (LeaveException e) {
            throw e;
        } catch (CommandNotFoundException e) {
            complain(UnknownCommand.message(session, e, List.of("exit", "quit")));
        } catch (InterruptedException e) {
            complain("interrupted");
            current = current.afterInterrupt();
        } catch (Exception e) {
            session.put(Shell.VAR_EXCEPTION, e);
            complain(e.getMessage() == null ? e.toString() : e.getMessage());
        } finally {
            end();
        }
    }

    private void begin() {
        synchronized (execution) {
            executing = Optional.of(Thread.currentThread());
        }
    }

    private void end() {
        synchronized (execution) {
            executing = Optional.empty();
            Thread.interrupted();
        }
    }

    /**
     * Interrupts the thread that waits for the command, not Gogo's job: a line may have several jobs, one after the other, and a job
     * that is cancelled between them, or before its thread has begun, is lost or is waited for without end.
     */
    private void interruptCommand() {
        synchronized (execution) {
            executing.ifPresent(Thread::interrupt);
        }
    }

    private void complain(String message) {
        terminal.writer().println(new AttributedStringBuilder()
                .style(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)).append(message).toAnsi(terminal));
        terminal.flush();
    }
}
