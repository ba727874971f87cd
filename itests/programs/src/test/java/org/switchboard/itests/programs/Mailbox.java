package org.switchboard.itests.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.switchboard.itests.needs.Needs;

/** A Unix datagram socket, as a log daemon or a service manager has one; Python holds it, for Java has none. */
public final class Mailbox implements AutoCloseable {

    private static final String RECEIVE = """
            import os, socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + sys.argv[1][1:] if sys.argv[1].startswith('@') else sys.argv[1])
            if not sys.argv[1].startswith('@'):
                os.chmod(sys.argv[1], 0o666)
            print('listening', flush=True)
            while True:
                print(s.recv(65536).decode().replace('\\n', ' | '), flush=True)
            """;

    private final String address;
    private final Process process;
    private final Lines lines;

    private Mailbox(String address, Process process) {
        this.address = address;
        this.process = process;
        this.lines = Lines.of(process.getInputStream(), address);
    }

    public static Mailbox at(Path path) throws IOException, InterruptedException {
        return at(path.toString());
    }

    /** @param address a path, or a name behind {@code @} */
    public static Mailbox at(String address) throws IOException, InterruptedException {
        String python = Needs.program("python3", "python3");
        Mailbox mailbox = new Mailbox(address, new ProcessBuilder(python, "-c", RECEIVE, address).redirectErrorStream(true).start());
        mailbox.lines.await("listening", RunningServer.DEADLINE);
        return mailbox;
    }

    public String address() {
        return address;
    }

    /** Waits for a datagram with a match; its newlines are {@code " | "}. */
    public Matcher await(String regex) throws InterruptedException {
        return lines.await(regex, RunningServer.DEADLINE);
    }

    /** The same, without the datagrams before that position. */
    public Matcher await(String regex, int from) throws InterruptedException {
        return lines.await(regex, from, RunningServer.DEADLINE);
    }

    public int count() {
        return lines.count();
    }

    @Override
    public String toString() {
        return lines.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
