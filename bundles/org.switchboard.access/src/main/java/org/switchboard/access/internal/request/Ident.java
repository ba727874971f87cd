package org.switchboard.access.internal.request;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the ident server of the client's host. Source: RFC 1413; libwrap for what it makes of an answer. */
public final class Ident implements UserNames {

    public static final int PORT = 113;

    /** Source: RFC 1413, section 6, with room for blanks. */
    private static final int MAX_ANSWER = 1024;
    private static final int MAX_USER = 255;
    private static final Pattern ANSWER = Pattern.compile("\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*:\\s*USERID\\s*:[^:]*:\\s*([^\\r\\n]+)");

    private final int port;

    /** @param port of the ident servers; {@link #PORT} but for tests */
    public Ident(int port) {
        this.port = port;
    }

    @Override
    public Optional<String> user(Party client, Party server, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try (Socket socket = new Socket()) {
            // From the address that the client connected to: its host knows the connection by that.
            socket.bind(new InetSocketAddress(server.inet(), 0));
            socket.connect(new InetSocketAddress(client.inet(), port), millisUntil(end));
            socket.getOutputStream().write((client.port() + "," + server.port() + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return parse(readLine(socket, end), client.port(), server.port());
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    private static String readLine(Socket socket, long end) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream input = socket.getInputStream();
        while (line.length() < MAX_ANSWER) {
            socket.setSoTimeout(millisUntil(end));
            int next = input.read();
            if (next < 0 || next == '\n') {
                break;
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private static int millisUntil(long end) throws IOException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new IOException("no answer in time");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    private static Optional<String> parse(String line, int clientPort, int serverPort) {
        Matcher matcher = ANSWER.matcher(line);
        if (!matcher.lookingAt() || Integer.parseInt(matcher.group(1)) != clientPort
                || Integer.parseInt(matcher.group(2)) != serverPort) {
            return Optional.empty();
        }
        String user = matcher.group(3);
        return Optional.of(user.substring(0, Math.min(user.length(), MAX_USER)));
    }
}
