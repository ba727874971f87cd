package org.switchboard.launcher.client;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.switchboard.launcher.Signals;

/** The interactive shell: this terminal, raw, at one end, and the server's shell at the other. */
final class Attachment {

    private static final int BUFFER = 4096;

    private final Connection connection;

    Attachment(Connection connection) {
        this.connection = connection;
    }

    /** Returns when the server's end is over; the terminal is then as it was before, even if a signal ends us. */
    int run() throws IOException {
        Optional<String> before = Terminal.settings();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> restore(before)));
        try {
            connection.send('T', Terminal.describe());
            connection.send('S', "");
            if (before.isPresent()) {
                Terminal.raw();
                Signals.handle("WINCH", this::sendSize);
            }
            Thread input = new Thread(this::sendInput, "switchboard-input");
            input.setDaemon(true);
            input.start();
            return Client.relay(connection);
        } finally {
            restore(before);
        }
    }

    private static void restore(Optional<String> settings) {
        try {
            if (settings.isPresent()) {
                Terminal.restore(settings.get());
            }
        } catch (IOException e) {
            System.err.println("switchboard: cannot restore the terminal: " + e.getMessage() + "; try 'stty sane'");
        }
    }

    private void sendSize() {
        try {
            connection.send('T', Terminal.describe());
        } catch (IOException e) {
            // The reading side finds that the connection is gone, and says so.
            Thread.currentThread().interrupt();
        }
    }

    private void sendInput() {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                connection.send('I', buffer, length);
            }
            connection.send('I', "");
        } catch (IOException e) {
            // The reading side finds that the connection is gone, and says so.
            Thread.currentThread().interrupt();
        }
    }
}
