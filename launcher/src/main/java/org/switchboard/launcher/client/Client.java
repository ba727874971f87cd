package org.switchboard.launcher.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The entry point of every {@code bin/switchboard} word that is asked of the running server. */
public final class Client {

    private static final int FAILED = 1;
    /** Type, columns and rows of the terminal on standard output, if there is one. */
    private static final String TERMINAL = "switchboard.terminal";
    /** As of a program that SIGPIPE ends. */
    private static final int NOBODY_READS = 141;

    private Client() {
    }

    /** @param arguments the state directory, and then the words of the command; {@code shell} alone attaches the terminal */
    public static void main(String[] arguments) {
        Path state = Path.of(arguments[0]);
        List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
        // Not System.exit: there is nothing to clean up, and every millisecond is the user's.
        Runtime.getRuntime().halt(run(state, words));
    }

    private static int run(Path state, List<String> words) {
        boolean status = words.equals(List.of("status"));
        boolean stop = words.equals(List.of("stop"));
        Connection connection;
        try {
            connection = Connection.open(state.resolve("control.sock"));
        } catch (IOException | IllegalArgumentException e) {
            if (status || stop) {
                return status ? ServerProcess.statusWithoutAnswer(state) : ServerProcess.stopWithoutAnswer(state);
            }
            System.err.println("switchboard: no server runs on the state directory " + state + " (" + reason(e)
                    + "); another one is named with --state DIR");
            return FAILED;
        }
        try (connection) {
            if (status || stop) {
                ServerProcess server = ServerProcess.of(state);
                return status ? server.printStatus() : server.stop();
            }
            if (words.equals(List.of("shell"))) {
                return new Attachment(connection).run();
            }
            return command(connection, words);
        } catch (IOException e) {
            System.err.println("switchboard: " + e.getMessage());
            return FAILED;
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static int command(Connection connection, List<String> words) throws IOException {
        StringBuilder request = new StringBuilder();
        words.forEach(word -> request.append(word).append('\0'));
        String terminal = System.getProperty(TERMINAL);
        if (terminal != null) {
            connection.send('T', terminal);
        }
        connection.send('C', request.toString());
        return relay(connection);
    }

    /** Copies what the server prints until it says how it ended. */
    static int relay(Connection connection) throws IOException {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        while (true) {
            Connection.Frame frame = connection.receive();
            if (frame.type() == 'X') {
                return exitCode(frame);
            }
            OutputStream target = switch (frame.type()) {
                case 'O' -> out;
                case 'E' -> err;
                default -> throw new IOException("a frame of an unknown type came from the server");
            };
            try {
                target.write(frame.payload());
            } catch (IOException e) {
                return NOBODY_READS;
            }
        }
    }

    private static int exitCode(Connection.Frame frame) throws IOException {
        try {
            return Integer.parseInt(new String(frame.payload(), StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw new IOException("a broken frame came from the server", e);
        }
    }
}
