package org.switchboard.dispatcher.internal.session;

import java.io.PrintStream;

/**
 * The console of whoever called a command on this thread. Gogo, and so Karaf, gives each thread of a command an output of its
 * own behind {@link System#out}. Karaf installs and removes features on a thread of its own, for a console that waits: if that
 * is the terminal of the process it is behind the output of the process.
 */
final class CallersConsole {

    private static final String OF_THREADS = "org.apache.felix.gogo.runtime.threadio.ThreadPrintStream";
    private static final boolean IN_TERMINAL_OF_KARAF = System.getProperty("karaf.home") != null && System.console() != null;

    private CallersConsole() {
    }

    /** Prints a line, if there is such a console. */
    static void print(String line) {
        if (IN_TERMINAL_OF_KARAF || hasOneOfItsOwn(System.out)) {
            System.out.println(line);
            System.out.flush();
        }
    }

    private static boolean hasOneOfItsOwn(PrintStream out) {
        if (!out.getClass().getName().equals(OF_THREADS)) {
            return false;
        }
        try {
            return out.getClass().getMethod("getCurrent").invoke(out) != out.getClass().getMethod("getRoot").invoke(out);
        } catch (ReflectiveOperationException | RuntimeException otherGogo) {
            // The log has it as well.
            return false;
        }
    }
}
