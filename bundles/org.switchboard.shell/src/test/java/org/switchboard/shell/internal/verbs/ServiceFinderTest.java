package org.switchboard.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.shell.internal.FakeServer;

class ServiceFinderTest {

    private final ServiceFinder finder = new ServiceFinder(List.of(
            listening("finger/tcp", 79, "0.0.0.0:79"),
            listening("finger-alt/tcp", 7900, "127.0.0.1:7900"),
            listening("2002/tcp@127.0.0.1", 2002, "127.0.0.1:2002"),
            listening("2002/tcp6@::1", 2002, "[::1]:2002"),
            listening("echo/tcp", 7, "0.0.0.0:7"), listening("echo/udp", 7, "0.0.0.0:7"),
            listening("www/tcp", 80, "[::]:80"),
            closed("rsync/tcp", "192.0.2.1", 873),
            listening("/run/talk/unix", 0, "/run/talk")),
            (name, service) -> name.equals("http") && service.port == 80);

    @ParameterizedTest
    @CsvSource({
        "finger/tcp, finger/tcp", "finger, finger/tcp", "79, finger/tcp", ":79, finger/tcp", "*:79, finger/tcp",
        "127.0.0.1:79, finger/tcp", "790, 790", "7900, finger-alt/tcp", "finger-, finger-alt/tcp",
        "127.0.0.1:2002, 2002/tcp@127.0.0.1", "[::1]:2002, 2002/tcp6@::1", "[::1]:80, www/tcp", "http, www/tcp",
        "192.0.2.1:873, rsync/tcp", "/run/talk, /run/talk/unix", "nothing, nothing", "127.0.0.1:80, 127.0.0.1:80"})
    void findsTheServiceThatAWordMeans(String word, String id) throws Exception {
        assertThat(finder.id(word)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "7", "127.0.0.1:7", "ec"})
    void namesTheIdsThatAnAmbiguousWordFits(String word) {
        assertThatThrownBy(() -> finder.id(word)).isInstanceOf(CommandFailedException.class)
                .hasMessage("'" + word + "' is ambiguous: echo/tcp, echo/udp");
    }

    @Test
    void anEmptyWordMeansNoService() throws Exception {
        assertThat(finder.id("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "fin, true", "fing*, true", "*/tcp, true", "idle, true", "79, true", "0.0.0.0, true",
        "in.f, true", "tcpd, true", "*fingerd*, true", "failed, false", "7, false", "*/udp, false", "f?nger, false", "[, false"})
    void aPatternFitsWhatAListShows(String pattern, boolean fits) {
        ServiceDTO service = listening("finger/tcp", 79, "0.0.0.0:79");
        service.provider = "exec";
        service.arguments = List.of("/usr/sbin/tcpd", "in.fingerd");
        assertThat(new ServicePattern(pattern).fits(service)).isEqualTo(fits);
    }

    private static ServiceDTO listening(String id, int port, String endpoint) {
        ServiceDTO service = FakeServer.service(id, port);
        service.address = "";
        service.name = id.substring(0, id.startsWith("/") ? id.lastIndexOf('/') : id.indexOf('/'));
        service.listeners = List.of(FakeServer.listener(endpoint, "open"));
        return service;
    }

    private static ServiceDTO closed(String id, String address, int port) {
        ServiceDTO service = FakeServer.service(id, port);
        service.address = address;
        service.listeners = List.of();
        return service;
    }
}
