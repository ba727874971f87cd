package org.switchboard.control.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.switchboard.control.internal.task.ExitCode;
import org.switchboard.control.internal.task.Task;
import org.switchboard.control.internal.task.UnknownCommand;
import org.switchboard.control.internal.wire.Frame;
import org.switchboard.control.internal.wire.FrameWriter;
import org.switchboard.control.internal.wire.TerminalState;

/** One command of one client, in a Gogo session of its own. */
final class CommandRun implements Task {

    /** Where commands without a scope are looked for, in this order. */
    private static final String SCOPES = "inetd:gogo:felix:*";
    /** The variable in which a command of scope {@code inetd} leaves an exit code. */
    private static final String EXIT = "inetd.exit";
    /** What bin/switchboard does itself, so that it never arrives here, but mistyped. */
    private static final List<String> OF_THE_PROGRAM = List.of("run", "shell", "status", "stop", "train", "version");
    private static final Pattern NAME = Pattern.compile("[\\w.-]+(:[\\w.-]+)?");

    private final CommandSession session;
    private final List<String> words;
    private final FrameWriter client;

    CommandRun(CommandProcessor processor, List<String> words, TerminalState terminal, FrameWriter client) {
        this.session = processor.createSession(InputStream.nullInputStream(), client.stream(Frame.OUTPUT), client.stream(Frame.ERROR));
        this.words = words;
        this.client = client;
        session.put("SCOPE", SCOPES);
        session.put("TERM", terminal.type());
        if (terminal.columns() > 0) {
            session.put("COLUMNS", terminal.columns());
            session.put("LINES", terminal.rows());
        }
    }

    /** Runs it and returns its exit code. */
    @Override
    public int run() throws IOException {
        try {
            Object result = session.execute(line());
            if (result != null) {
                client.write(Frame.OUTPUT, session.format(result, Converter.INSPECT).toString().stripTrailing() + "\n");
            }
            return session.get(EXIT) instanceof Integer code ? code : ExitCode.DONE;
        } catch (CommandNotFoundException e) {
            return complain(UnknownCommand.message(session, e, OF_THE_PROGRAM), ExitCode.USAGE);
        } catch (IllegalArgumentException e) {
            return complain(e.getMessage(), ExitCode.USAGE);
        } catch (InterruptedException e) {
            return ExitCode.INTERRUPTED;
        } catch (Exception e) {
            boolean syntax = e instanceof SyntaxError || e.getCause() instanceof SyntaxError;
            return complain(message(e), syntax ? ExitCode.USAGE : ExitCode.FAILED);
        } finally {
            session.close();
        }
    }

    /** Ends it from another thread. */
    @Override
    public void interrupt() {
        session.close();
    }

    /** The words as a line of Gogo in which all but the first are variables, so that none is read as syntax. */
    private String line() {
        String first = words.get(0);
        if (!NAME.matcher(first).matches()) {
            if (words.size() == 1) {
                return first;
            }
            throw new IllegalArgumentException("no such command: " + first);
        }
        List<String> line = new ArrayList<>(List.of(first));
        for (int i = 1; i < words.size(); i++) {
            session.put("word" + i, words.get(i));
            line.add("$word" + i);
        }
        return String.join(" ", line);
    }

    private int complain(String message, int code) throws IOException {
        client.write(Frame.ERROR, message.strip().replaceAll("\\R", " ") + "\n");
        return code;
    }

    private static String message(Exception e) {
        return e.getMessage() == null || e.getMessage().isBlank() ? e.toString() : e.getMessage();
    }
}
