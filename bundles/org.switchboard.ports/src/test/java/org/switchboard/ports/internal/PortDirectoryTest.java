package org.switchboard.ports.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.switchboard.ports.internal.Claims.claim;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.ports.Reservation;
import org.switchboard.testkit.FakeLoggers;

class PortDirectoryTest {

    private static final String HOST = "echo 7/tcp\nauth 113/tcp ident\n";

    @TempDir
    Path folder;

    private final FakeLoggers loggers = new FakeLoggers();
    private Path hostFile;

    @BeforeEach
    void writeTheHostsFile() throws IOException {
        hostFile = Files.writeString(folder.resolve("services"), HOST);
    }

    private PortDirectory directory(boolean etcServices) {
        Map<String, String> properties = Map.of("switchboard.state", folder.resolve("state").toString());
        BundleContext context = (BundleContext) Proxy.newProxyInstance(BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> properties.get(arguments[0]));
        return new PortDirectory(context, config(etcServices), loggers.logger());
    }

    private PortDirectory.Config config(boolean etcServices) {
        return new PortDirectory.Config() {
            @Override
            public String services_file() {
                return hostFile.toString();
            }

            @Override
            public boolean etc_services() {
                return etcServices;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return PortDirectory.Config.class;
            }
        };
    }

    @Test
    void namesComeFromTheHostAndThenFromReservations() throws Exception {
        PortDirectory ports = directory(false);
        Reservation fortune = ports.reserve(claim("fortune", Protocol.TCP, "", 1717));
        ports.reserve(claim("echo", Protocol.TCP, "", 1718));

        assertThat(ports.port("ident", Transport.TCP)).hasValue(113);
        assertThat(ports.canonicalName("ident", Transport.TCP)).contains("auth");
        assertThat(ports.name(113, Transport.TCP)).contains("auth");
        assertThat(ports.port("echo", Transport.TCP)).hasValue(7);
        assertThat(ports.port("fortune", Transport.TCP)).hasValue(1717);
        assertThat(ports.name(1717, Transport.TCP)).contains("fortune");
        assertThat(ports.port("fortune", Transport.UDP)).isEmpty();

        fortune.release();
        assertThat(ports.port("fortune", Transport.TCP)).isEmpty();
        ports.deactivate();
    }

    @Test
    void theMapIsWrittenAtTheEndAtTheLatest() throws Exception {
        PortDirectory ports = directory(false);
        ports.reserve(claim("fortune", Protocol.TCP, "", 1717));
        ports.deactivate();

        assertThat(Files.readString(folder.resolve("state/services"))).contains(HOST, "fortune");
        assertThat(Files.readString(hostFile)).isEqualTo(HOST);
    }

    @Test
    void askingForTheHostsFileWithoutBeingRootIsAWarning() throws IOException {
        assumeFalse(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "this user is root");
        directory(true).deactivate();

        assertThat(loggers.messages(LogLevel.WARN)).containsExactly("etc.services is set, but only root may write " + hostFile
                + "; the names are in the state directory only");
    }

    @Test
    void aReleaseAfterTheEndDoesNoHarm() throws Exception {
        PortDirectory ports = directory(false);
        Reservation reservation = ports.reserve(claim("fortune", Protocol.TCP, "", 1717));
        ports.deactivate();
        reservation.release();
        reservation.release();

        assertThat(ports.reservations()).isEmpty();
    }
}
