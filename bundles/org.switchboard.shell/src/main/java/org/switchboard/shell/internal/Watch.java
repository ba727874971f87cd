package org.switchboard.shell.internal;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Process;
import org.switchboard.shell.internal.verbs.CommandFailedException;

/** A command that is repeated until the thread is interrupted or nobody reads what it prints. */
final class Watch {

    /** ECMA-48: cursor to the top left, and everything behind it erased. */
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final int STANDARD_OUTPUT = 1;
    private static final int MAX_SECONDS = 86_400;

    private final CommandSession session;
    private final int seconds;
    private final String line;

    Watch(CommandSession session, String seconds, List<String> words) {
        this.session = session;
        if (!seconds.matches("[0-9]{1,5}") || Integer.parseInt(seconds) < 1 || Integer.parseInt(seconds) > MAX_SECONDS) {
            throw new UsageException("watch: '" + seconds + "' is not a number of seconds from 1 to " + MAX_SECONDS);
        }
        this.seconds = Integer.parseInt(seconds);
        this.line = GogoLine.of(session, words.get(0), words.subList(1, words.size()), "watch");
    }

    /** Returns an empty text, which prints nothing. */
    String run() throws CommandFailedException {
        Process process = Process.Utils.current();
        PrintStream out = process == null ? session.getConsole() : process.out();
        boolean terminal = process != null && process.isTty(STANDARD_OUTPUT) && session.get("COLUMNS") != null;
        try {
            while (!Thread.currentThread().isInterrupted() && !out.checkError()) {
                Object result = session.execute(line);
                String text = result == null ? "" : session.format(result, Converter.INSPECT).toString();
                out.println((terminal ? CLEAR : "") + text);
                out.flush();
                TimeUnit.SECONDS.sleep(seconds);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CommandNotFoundException e) {
            String command = e.getCommand().replaceFirst("^\\*:", "");
            throw new CommandFailedException("no such command: " + command
                    + CommandNames.of(session).suggestion(command, List.of()));
        } catch (CommandFailedException | IllegalArgumentException e) {
            throw new CommandFailedException(e.getMessage());
        } catch (Exception e) {
            throw new CommandFailedException("watch: " + e);
        }
        return "";
    }
}
