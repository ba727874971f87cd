package org.switchboard.provider.ident.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.provider.ident.internal.IdentOptions.Flag;

class IdentOptionsTest {

    private static IdentOptions parse(String... words) {
        return IdentOptions.parse(List.of(words));
    }

    @Test
    void withoutArgumentsNobodyIsNamedWithinTenSeconds() {
        IdentOptions options = parse();

        assertThat(options.flags()).isEmpty();
        assertThat(options.fallback()).isEmpty();
        assertThat(options.system()).isEqualTo("Linux");
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyOptionOfFreebsdIsKnown() {
        IdentOptions options = parse("-d", "nobody", "-f", "-F", "-g", "-i", "-n", "-o", "UNIX", "-r", "-t", "5.250");

        assertThat(options.flags()).containsExactlyInAnyOrder(Flag.values());
        assertThat(options.fallback()).contains("nobody");
        assertThat(options.system()).isEqualTo("UNIX");
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(5).plusNanos(250_000));
    }

    @Test
    void optionsMayStandTogetherAndValuesBehindThem() {
        IdentOptions options = parse("-rnt30", "-oOTHER");

        assertThat(options.flags()).containsExactlyInAnyOrder(Flag.REAL, Flag.HIDE);
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.system()).isEqualTo("OTHER");
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() {
        assertThatThrownBy(() -> parse("-x")).hasMessage("auth has no option '-x'");
        assertThatThrownBy(() -> parse("-r", "me")).hasMessage("'me' is not an option of auth");
        assertThatThrownBy(() -> parse("-t")).hasMessage("option '-t' of auth needs a value");
        assertThatThrownBy(() -> parse("-t", "soon")).hasMessageContaining("must be a time").hasMessageEndingWith("not 'soon'");
        assertThatThrownBy(() -> parse("-t", "0")).hasMessageContaining("must be a time");
        assertThatThrownBy(() -> parse("-o", "a:b")).hasMessageContaining("no colon");
    }
}
