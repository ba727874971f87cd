package org.switchboard.control.internal.shell;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import org.apache.felix.gogo.jline.Expander;
import org.apache.felix.gogo.jline.Highlighter;
import org.apache.felix.gogo.jline.Parser;
import org.apache.felix.gogo.jline.ParsedLineImpl;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.CommandSessionImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Job;
import org.jline.builtins.Completers;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.switchboard.control.internal.task.ExitCode;
import org.switchboard.control.internal.task.Task;
import org.switchboard.control.internal.wire.Frame;
import org.switchboard.control.internal.wire.FrameWriter;
import org.switchboard.control.internal.wire.TerminalState;

/** JLine and a Gogo session on the terminal of one client. */
final class InteractiveShell implements Task {

    /** Where commands without a scope are looked for: the words of Gogo's language first, or {@code try} would be ours. */
    private static final String SCOPES = "gogo:inetd:felix:*";
    private static final String PROMPT = "switchboard> ";
    private static final String WELCOME = "'list' shows the services, 'help' all commands; Ctrl-D leaves, and the server goes on.";
    private static final String HISTORY = "shell.history";
    private static final int HISTORY_LINES = 1000;

    private final Keyboard keyboard;
    private final Terminal terminal;
    private final CommandSession session;
    private final LineReader reader;

    InteractiveShell(CommandProcessor processor, Keyboard keyboard, TerminalState state, FrameWriter client, Path directory)
            throws IOException {
        this.keyboard = keyboard;
        // JLine writes byte by byte, and flushes.
        OutputStream screen = new BufferedOutputStream(client.stream(Frame.OUTPUT));
        this.terminal = new ExternalTerminal("switchboard", state.type(), keyboard, screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(state.columns(), state.rows()));
        OutputStream printed = new FlushingOutput(terminal.output());
        this.session = processor.createSession(terminal.input(), printed, printed);
        prepare(processor);
        this.reader = reader(directory);
        session.put(Shell.VAR_READER, reader);
        terminal.handle(Signal.INT, signal -> interruptCommand());
    }

    @Override
    public int run() throws IOException {
        try {
            terminal.writer().println(WELCOME);
            describeCommands();
            while (readAndExecute()) {
                terminal.flush();
            }
            reader.getHistory().save();
            return ExitCode.DONE;
        } finally {
            session.close();
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
        session.close();
    }

    private void prepare(CommandProcessor processor) {
        session.put("SCOPE", SCOPES);
        session.put(Shell.VAR_TERMINAL, terminal);
        session.put(Shell.VAR_PROCESSOR, processor);
        session.put(Shell.VAR_SESSION, session);
        session.put(Shell.VAR_COMPLETIONS, new HashMap<>());
        session.put("#TERM", (Function) (of, arguments) -> terminal.getType());
        session.put("#COLUMNS", (Function) (of, arguments) -> terminal.getWidth());
        session.put("#LINES", (Function) (of, arguments) -> terminal.getHeight());
        session.put("#PWD", (Function) (of, arguments) -> of.currentDir().toString());
        Function leave = (of, arguments) -> {
            throw new LeaveException();
        };
        session.put("exit", leave);
        session.put("quit", leave);
    }

    private LineReader reader(Path directory) {
        LineReader made = LineReaderBuilder.builder()
                .terminal(terminal)
                .variables(((CommandSessionImpl) session).getVariables())
                .variable(LineReader.HISTORY_FILE, directory.resolve(HISTORY))
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                .completer(new Completers.Completer(new Completions(session)))
                .highlighter(new Highlighter(session))
                .parser(new Parser())
                .expander(new Expander(session))
                .build();
        made.setOpt(LineReader.Option.AUTO_FRESH_LINE);
        made.setOpt(LineReader.Option.GROUP);
        return made;
    }

    /** Lets the bundle with the {@code inetd} commands, if it is there, say how these are completed. */
    private void describeCommands() {
        if (session.get("inetd:completion") == null) {
            return;
        }
        try {
            session.execute(session.execute("inetd:completion").toString());
        } catch (Exception e) {
            complain("the commands cannot be completed: " + e);
        }
    }

    /** One line; false at the end. */
    private boolean readAndExecute() {
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

    private void execute(ParsedLineImpl line) throws LeaveException {
        try {
            Object result = session.execute(line.program());
            session.put(Shell.VAR_RESULT, result);
            if (result != null) {
                terminal.writer().println(session.format(result, Converter.INSPECT).toString().stripTrailing());
            }
        } catch (LeaveException e) {
            throw e;
        } catch (CommandNotFoundException e) {
            complain("no such command: " + e.getCommand() + "; try 'help'");
        } catch (InterruptedException e) {
            complain("interrupted");
        } catch (Exception e) {
            session.put(Shell.VAR_EXCEPTION, e);
            complain(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void interruptCommand() {
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    private void complain(String message) {
        terminal.writer().println(new AttributedStringBuilder()
                .style(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)).append(message).toAnsi(terminal));
        terminal.flush();
    }

    /** Somebody typed {@code exit}. */
    private static final class LeaveException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
