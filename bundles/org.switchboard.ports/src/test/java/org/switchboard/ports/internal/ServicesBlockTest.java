package org.switchboard.ports.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServicesBlockTest {

    private final ServicesBlock block = new ServicesBlock("/state");
    private final ServicesBlock other = new ServicesBlock("/state2");

    @Test
    void aBlockIsAppendedAndRemovedWithoutATrace() {
        String text = "echo 7/tcp\n";
        String with = block.in(text, List.of("a 1/tcp", "b 2/tcp"));

        assertThat(with).startsWith(text).contains("\na 1/tcp\nb 2/tcp\n");
        assertThat(block.removedFrom(with)).isEqualTo(text);
        assertThat(block.in(with, List.of())).isEqualTo(text);
    }

    @Test
    void aBlockIsReplacedInItsPlace() {
        String with = block.in("before\n", List.of("a 1/tcp")) + "after\n";

        String replaced = block.in(with, List.of("b 2/tcp"));

        assertThat(replaced).startsWith("before\n# BEGIN").endsWith("/state\nafter\n").contains("\nb 2/tcp\n")
                .doesNotContain("a 1/tcp");
    }

    @Test
    void theBlockOfAnotherServerStays() {
        String both = other.in(block.in("x\n", List.of("a 1/tcp")), List.of("b 2/tcp"));

        assertThat(block.removedFrom(both)).isEqualTo(other.in("x\n", List.of("b 2/tcp")));
    }

    @Test
    void aBeginningWithoutAnEndIsLeftAlone() {
        String broken = block.in("x\n", List.of("a 1/tcp")).replace("# END", "# FIN");

        assertThat(block.removedFrom(broken)).isEqualTo(broken);
        assertThat(block.in(broken, List.of("b 2/tcp"))).startsWith(broken);
    }
}
