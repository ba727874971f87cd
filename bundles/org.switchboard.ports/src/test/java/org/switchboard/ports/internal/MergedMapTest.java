package org.switchboard.ports.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchboard.ports.internal.Claims.claim;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.ports.PortClaim;

class MergedMapTest {

    private final KnownNames host = new KnownNames("echo 7/tcp\nqotd 17/tcp quote\n");

    private List<String> lines(PortClaim... claims) {
        return MergedMap.lines(host, List.of(claims)).stream().map(line -> line.replaceAll(" +", " ")).toList();
    }

    @Test
    void aPortWithoutANameGetsTheNameOfItsProvider() {
        assertThat(lines(claim("fortune", Protocol.TCP, "", 1717)))
                .containsExactly("fortune 1717/tcp # fortune (inetd.conf:12)");
    }

    @Test
    void aPortWithANameKeepsIt() {
        assertThat(lines(claim("my-echo", Protocol.TCP, "", 7))).isEmpty();
    }

    @Test
    void aNameThatMeansAnotherPortKeepsItsMeaning() {
        assertThat(lines(claim("qotd", Protocol.TCP, "", 1717), claim("quote", Protocol.TCP, "", 1718),
                claim("a", Protocol.TCP, "", 2001), claim("a", Protocol.TCP, "", 2002))).containsExactly(
                "# qotd 1717/tcp # qotd (inetd.conf:12), but 'qotd' means 17/tcp",
                "# quote 1718/tcp # quote (inetd.conf:12), but 'quote' means 17/tcp",
                "a 2001/tcp # a (inetd.conf:12)",
                "# a 2002/tcp # a (inetd.conf:12), but 'a' means 2001/tcp");
    }

    @Test
    void theSameNameIsWrittenOncePerTransport() {
        assertThat(lines(claim("a", Protocol.TCP4, "", 2001), claim("a", Protocol.TCP6, "", 2001),
                claim("a", Protocol.UDP, "", 2001))).containsExactly(
                "a 2001/tcp # a (inetd.conf:12)", "a 2001/udp # a (inetd.conf:12)");
    }

    @Test
    void whatIsNotAWordIsNotAName() {
        assertThat(lines(claim("7007", Protocol.TCP, "", 7007), claim("two words", Protocol.TCP, "", 7008),
                claim("a#b", Protocol.TCP, "", 7009), claim("", Protocol.TCP, "", 7010))).isEmpty();
    }

    @Test
    void nothingBeginsALineOfItsOwn() {
        PortClaim claim = new PortClaim("a", Protocol.TCP, "", 2001, "a/tcp", new Origin("x\nevil 1/tcp", 3));

        assertThat(lines(claim)).containsExactly("a 2001/tcp # a/tcp (x?evil 1/tcp:3)");
    }

    @Test
    void theLinesOfTheHostComeFirst() {
        assertThat(MergedMap.text("echo 7/tcp", List.of("a 2001/tcp"))).endsWith(
                "\necho 7/tcp\n# Reserved by Switchboard:\na 2001/tcp\n");
    }
}
