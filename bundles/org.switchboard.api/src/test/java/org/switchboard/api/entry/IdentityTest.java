package org.switchboard.api.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static Optional<String> split(String user) {
        return new Identity(user, Optional.empty()).splitAtDot().map(Identity::toString);
    }

    @Test
    void theFirstDotSeparatesUserAndGroup() {
        assertThat(split("nobody.tty")).contains("nobody:tty");
        assertThat(split("a.b.c")).contains("a:b.c");
    }

    @Test
    void aDotAtAnEndSeparatesNothing() {
        assertThat(split(".tty")).isEmpty();
        assertThat(split("nobody.")).isEmpty();
        assertThat(split("nobody")).isEmpty();
    }

    @Test
    void aGroupThatIsGivenLeavesNoOtherReading() {
        assertThat(new Identity("john.doe", Optional.of("mail")).splitAtDot()).isEmpty();
    }
}
