package org.switchboard.control.internal.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.jline.Expander;
import org.apache.felix.gogo.jline.Highlighter;
import org.apache.felix.gogo.jline.Parser;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.gogo.runtime.CommandSessionImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Job;
import org.jline.builtins.Completers;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;

/** A Gogo session and the line reader that goes with it. */
final class ShellSession {

    /** Where commands without a scope are looked for: the words of Gogo's language first, or {@code try} would be ours. */
    private static final String SCOPES = "gogo:inetd:felix:*";
    private static final String HISTORY = "shell.history";
    private static final int HISTORY_LINES = 1000;
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CommandProcessor processor;
    private final Terminal terminal;
    private final Path directory;
    private final SharedInput input;
    private final CommandSession session;
    private final LineReader reader;

    /** @param directory keeps the history */
    ShellSession(CommandProcessor processor, Terminal terminal, Path directory) {
        this.processor = processor;
        this.terminal = terminal;
        this.directory = directory;
        this.input = new SharedInput(terminal.input());
        FlushingOutput output = new FlushingOutput(terminal.output());
        this.session = processor.createSession(input, output, output);
        prepare();
        this.reader = newReader();
        session.put(Shell.VAR_READER, reader);
    }

    CommandSession session() {
        return session;
    }

    LineReader reader() {
        return reader;
    }

    /**
     * Ends the command that is in the foreground.
     *
     * @return the session to go on with: if that command was reading, Gogo has lost the input of this one, perhaps a moment from now; so it is
     *         another with the same variables, unless that would end jobs in the background
     */
    ShellSession afterInterrupt() throws IOException {
        Job interrupted = session.foregroundJob();
        boolean over = interrupted == null || ends(interrupted);
        if (over && !input.isClosed() && !session.jobs().isEmpty()) {
            return this;
        }
        Map<String, Object> before = Map.copyOf(variables(session));
        close();
        ShellSession next = new ShellSession(processor, terminal, directory);
        before.forEach(variables(next.session)::putIfAbsent);
        next.session.put(Shell.VAR_COMPLETIONS, before.get(Shell.VAR_COMPLETIONS));
        next.session.currentDir(session.currentDir());
        return next;
    }

    /** Saves the history and ends whatever runs. */
    void close() throws IOException {
        input.close();
        session.close();
        reader.getHistory().save();
    }

    /** Lets the bundle with the {@code inetd} commands, if it is there, say how these are completed. */
    void describeCommands() throws Exception {
        if (session.get("inetd:completion") != null) {
            session.execute(session.execute("inetd:completion").toString());
        }
    }

    /** Whether an interrupted job ends soon; while it is in the foreground no other begins. */
    private static boolean ends(Job job) {
        job.interrupt();
        long until = System.nanoTime() + END_NANOS;
        try {
            synchronized (job) {
                for (long left = END_NANOS; left > 0 && job.status() != Job.Status.Done; left = until - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(job, left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return job.status() == Job.Status.Done;
    }

    private void prepare() {
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

    private LineReader newReader() {
        LineReader made = LineReaderBuilder.builder()
                .terminal(terminal)
                .variables(variables(session))
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

    private static Map<String, Object> variables(CommandSession session) {
        return ((CommandSessionImpl) session).getVariables();
    }
}
