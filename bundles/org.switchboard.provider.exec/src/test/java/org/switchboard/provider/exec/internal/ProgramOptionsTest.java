package org.switchboard.provider.exec.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.AdmissionRuleContract;
import org.switchboard.testkit.Entries;

class ProgramOptionsTest implements AdmissionRuleContract {

    private final ProgramOptions rule = new ProgramOptions();

    @Override
    public AdmissionRule rule() {
        return rule;
    }

    @Override
    public Map<String, String> goodOptions() {
        return Map.of("environment", "tcpremote-resolved", "umask", "027", "env", "A=b");
    }

    @Test
    void nicenessMayBeNegativeButNotBoundless() {
        assertThat(rule.objection("nice", "-5")).isEmpty();
        assertThat(rule.objection("nice", "41")).contains("must be a number from -40 to 40");
        assertThat(rule.objection("nice", "x")).isPresent();
    }

    @Test
    void optionsOfAProgramHaveNoEffectForAProviderUnlessAProgramMayTakeItsPlace() {
        ServiceEntry program = Entries.entry("x", Protocol.TCP).program("/bin/x", List.of()).options(goodOptions())
                .build();
        ServiceEntry provider = Entries.entry("echo", Protocol.TCP).options(goodOptions()).build();
        ServiceEntry wrapped = Entries.entry("echo", Protocol.TCP).options(Map.of("umask", "027", "tcp_wrappers",
                "yes")).build();

        for (String option : goodOptions().keySet()) {
            assertThat(rule.noEffect(option, program)).as(option).isEmpty();
            assertThat(rule.noEffect(option, provider)).as(option)
                    .contains("it is for programs, and provider 'echo' runs inside the server");
        }
        assertThat(rule.noEffect("umask", wrapped)).isEmpty();
    }

    @Test
    void variablesAreLinesOfTheirOwn() {
        ServiceEntry entry = Entries.entry("x", Protocol.TCP).options(Map.of("env", "A=b c\nD=e=f\nG=", "nice", "3")).build();

        assertThat(Extras.variables(entry)).containsExactly(Map.entry("A", "b c"), Map.entry("D", "e=f"), Map.entry("G", ""));
        assertThat(Extras.nice(entry)).isEqualTo(3);
    }
}
