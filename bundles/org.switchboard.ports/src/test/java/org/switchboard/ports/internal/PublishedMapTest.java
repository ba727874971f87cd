package org.switchboard.ports.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchboard.ports.internal.Claims.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.ports.PortClaimedException;
import org.switchboard.api.ports.Reservation;
import org.switchboard.posix.SystemText;
import org.switchboard.testkit.FakeLoggers;

class PublishedMapTest {

    private static final String HOST = "echo 7/tcp # caf\uDCE9\n";

    @TempDir
    Path folder;

    private final FakeLoggers loggers = new FakeLoggers();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ServicesBlock block = new ServicesBlock("/state");
    private Path hostFile;
    private Path stateFile;
    private PublishedMap map;
    private Reservations reservations;

    @BeforeEach
    void wire() throws IOException {
        hostFile = folder.resolve("etc-services");
        stateFile = folder.resolve("state/services");
        Files.write(hostFile, SystemText.encode(HOST));
        ServicesFile services = new ServicesFile(hostFile, block, () -> { }, loggers.logger());
        reservations = new Reservations(() -> map.changed());
        map = new PublishedMap(services, reservations, block, stateFile, executor, loggers.logger());
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    /** Everything scheduled so far has run when something scheduled as late as that has. */
    private void written() throws Exception {
        Future<?> marker = executor.schedule(() -> { }, 150, TimeUnit.MILLISECONDS);
        marker.get(10, TimeUnit.SECONDS);
    }

    private String host() throws IOException {
        return ServicesFile.read(hostFile);
    }

    @Test
    void theStateDirectoryGetsTheMapAndTheHostsFileIsNotTouched() throws Exception {
        reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        written();

        assertThat(ServicesFile.read(stateFile)).contains(HOST).containsPattern("\nfortune +1717/tcp +# fortune");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stateFile))).isEqualTo("rw-r--r--");
        assertThat(host()).isEqualTo(HOST);
        try (Stream<Path> files = Files.list(stateFile.getParent())) {
            assertThat(files).containsExactly(stateFile);
        }
    }

    @Test
    void theMapFollowsReservations() throws Exception {
        Reservation reservation = reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        written();
        reservation.release();
        written();

        assertThat(ServicesFile.read(stateFile)).doesNotContain("fortune");
    }

    @Test
    void theBlockComesAndGoesAndTheFileKeepsItsMode() throws Exception {
        Files.setPosixFilePermissions(hostFile, PosixFilePermissions.fromString("rw-r-----"));
        map.inHostFile(true, hostFile);
        reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        written();

        assertThat(host()).startsWith(HOST + "# BEGIN Switchboard /state").containsPattern("\nfortune +1717/tcp");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hostFile))).isEqualTo("rw-r-----");

        map.inHostFile(false, hostFile);
        written();
        assertThat(host()).isEqualTo(HOST);
    }

    @Test
    void theBlockMovesToAnotherFile() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "time 37/tcp\n");
        map.inHostFile(true, hostFile);
        reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        written();
        map.inHostFile(true, other);
        written();

        assertThat(host()).isEqualTo(HOST);
        assertThat(ServicesFile.read(other)).startsWith("time 37/tcp\n# BEGIN").contains("fortune");
        assertThat(ServicesFile.read(stateFile)).contains("time").doesNotContain("echo");
    }

    @Test
    void closingRemovesTheBlock() throws Exception {
        map.inHostFile(true, hostFile);
        reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        written();
        map.close();

        assertThat(host()).isEqualTo(HOST);
    }

    @Test
    void aBlockThatACrashLeftIsRemovedWithTheFirstChange() throws Exception {
        Files.writeString(hostFile, block.in("echo 7/tcp\n", java.util.List.of("old 1/tcp")));
        reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        written();

        assertThat(host()).isEqualTo("echo 7/tcp\n");
    }

    @Test
    void closingWithoutAnyReservationWritesNothing() {
        map.close();

        assertThat(stateFile).doesNotExist();
    }

    @Test
    void aLinkIsFollowedAndNotReplaced() throws Exception {
        Path real = Files.move(hostFile, folder.resolve("real-services"));
        Files.createSymbolicLink(hostFile, real);
        map.inHostFile(true, hostFile);
        reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        written();

        assertThat(hostFile).isSymbolicLink();
        assertThat(Files.readString(real, java.nio.charset.StandardCharsets.ISO_8859_1)).contains("fortune");
    }

    @Test
    void aMissingHostFileIsNotCreatedAndSaidOnce() throws Exception {
        Files.delete(hostFile);
        map.inHostFile(true, hostFile);
        reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        written();
        reservations.reserve(claim("other", Protocol.TCP, "", 1718));
        written();

        assertThat(hostFile).doesNotExist();
        assertThat(ServicesFile.read(stateFile)).contains("fortune", "other");
        assertThat(loggers.messages(LogLevel.WARN)).hasSize(1).first().asString().contains(hostFile.toString());
    }

    @Test
    void theChangesOfOneMomentAreWrittenOnceAndOffTheCallersThread() throws PortClaimedException, Exception {
        for (int port = 2000; port < 2100; port++) {
            reservations.reserve(claim("p" + port, Protocol.TCP, "", port));
        }
        assertThat(stateFile).doesNotExist();
        written();

        assertThat(ServicesFile.read(stateFile)).contains("p2000", "p2099");
    }

    @Test
    void nothingIsWrittenAfterTheEnd() throws Exception {
        reservations.reserve(claim("fortune", Protocol.TCP, "", 1717));
        map.close();
        Files.delete(stateFile);
        written();

        assertThat(stateFile).doesNotExist();
    }
}
