package org.switchboard.itests.programs.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.Lines;
import org.switchboard.itests.programs.RunningServer;

/** The command of an operator who stops a bundle while a client is being served. */
final class StopCommand implements AutoCloseable {

    private final Process process;
    private final Lines output;

    private StopCommand(Process process) {
        this.process = process;
        this.output = Lines.of(process.getInputStream(), "stop");
    }

    /** Begins when the client is being served, by the echo service. */
    static StopCommand of(RunningServer server, Socket client, String bundle) throws IOException {
        client.getOutputStream().write('x');
        assertThat(client.getInputStream().read()).isEqualTo('x');
        return new StopCommand(new ProcessBuilder(Distribution.script(), "--state", server.workspace().resolve("state").toString(),
                "stop", bundle).redirectErrorStream(true).start());
    }

    /** Waits until it names the session on that port, and returns its number. */
    String awaitSession(int port) throws InterruptedException {
        return output.await("waits up to \\d+ s for 1 session to end: #(\\d+) " + port + "/tcp@127.0.0.1 from 127.0.0.1:\\d+",
                RunningServer.DEADLINE).group(1);
    }

    /** As Ctrl-C does it. */
    void interrupt() {
        process.destroy();
    }

    int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(RunningServer.DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("ended, having said: %s", output).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
