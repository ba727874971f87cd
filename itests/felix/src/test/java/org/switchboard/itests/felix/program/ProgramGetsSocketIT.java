package org.switchboard.itests.felix.program;

import static org.junit.Assert.assertEquals;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;

@RunWith(PaxExam.class)
public class ProgramGetsSocketIT {

    @Inject
    private ServiceTable table;

    @Configuration
    public Option[] server() {
        return new Option[] {Felix.server()};
    }

    @Test
    public void theProgramHasTheVerySocketOnItsFirstThreeDescriptors() throws Exception {
        int port = Loopback.freePort();
        String script = "readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2; read line";
        table.publish("program", List.of(ServiceEntry
                .builder(Integer.toString(port), Protocol.TCP4, new Origin("test", 1))
                .address("127.0.0.1").port(port).program("/bin/sh", List.of("sh", "-c", script)).build()));

        try (Socket client = Loopback.connect(port)) {
            BufferedReader said = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            List<String> descriptors = List.of(said.readLine(), said.readLine(), said.readLine());
            // Looked up when the connection has been accepted; before that it has no inode.
            String socket = "socket:[" + Loopback.connectionInode(port, client.getLocalPort()).orElseThrow() + "]";
            client.getOutputStream().write('\n');
            assertEquals(List.of(socket, socket, socket), descriptors);
        }
        table.publish("program", List.of());
    }
}
