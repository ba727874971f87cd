package org.switchboard.karaf.internal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.InstantSource;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.osgi.framework.BundleContext;
import org.switchboard.shell.internal.print.Printer;
import org.switchboard.shell.internal.verbs.CommandFailedException;
import org.switchboard.shell.internal.verbs.Fitting;
import org.switchboard.shell.internal.verbs.Verbs;
import org.switchboard.shell.internal.verbs.WithExit;

/**
 * What every command does: one verb, whose value is printed. As Karaf's own commands it prints and returns nothing, so that
 * {@code bin/client 'inetd:list'} and a pipe show what the console shows. It refers to the bundle and not to the server:
 * Karaf takes a command away when something that it refers to goes, and that the server is not running is worth a sentence.
 */
abstract class InetdAction implements Action {

    /** The session variable with the exit code, as in Gogo. */
    private static final String EXIT = "inetd.exit";
    private static final int STANDARD_OUTPUT = 1;

    @Reference
    private BundleContext context;
    @Reference
    private Session session;

    /** The value of the verb. */
    abstract Object call(Verbs verbs) throws CommandFailedException, IOException;

    /**
     * {@code null}, with which Karaf's shell prints nothing more.
     *
     * @throws CommandException if the command failed: the sentence alone, and {@code bin/client} exits with status 1; of any
     *         other exception Karaf writes the stack into its log as an error
     */
    @Override
    public final Object execute() throws CommandException, IOException {
        try {
            Object value = fitting(call(new Verbs(context)));
            String text = new Printer(InstantSource.system()).inFull(value).orElseGet(() -> String.valueOf(value));
            System.out.println(PrintableText.of(text, Charset.defaultCharset()));
            if (value instanceof WithExit graded) {
                session.put(EXIT, graded.exit());
                if (graded.exit() != 0) {
                    throw new CommandFailedException(graded.complaint());
                }
            }
            return null;
        } catch (CommandFailedException e) {
            String why = PrintableText.of(e.getMessage(), Charset.defaultCharset());
            throw new CommandException(why, why, e);
        }
    }

    /** As wide as the terminal; what goes through a pipe is not cut. */
    private Object fitting(Object value) {
        Process process = Process.Utils.current();
        boolean seen = session.getTerminal() != null && process != null && process.isTty(STANDARD_OUTPUT);
        return seen && value instanceof Fitting fitting ? fitting.within(session.getTerminal().getWidth()) : value;
    }
}
