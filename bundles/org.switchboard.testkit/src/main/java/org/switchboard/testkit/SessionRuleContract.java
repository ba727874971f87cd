package org.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/** What every {@link SessionRule} must keep. A test class implements this next to its own tests. */
@ConsumerType
public interface SessionRuleContract {

    /** The rule under test; one object for the whole test. */
    SessionRule sessionRule();

    /** The options it owns, as in its {@link AdmissionOptions}, each with a value that is right. */
    Map<String, String> goodOptions();

    @Test
    default void itsOwnGoodOptionsMeetNoObjection() {
        goodOptions().forEach((option, value) -> assertThat(sessionRule().objection(option, value)).as(option).isEmpty());
    }

    @Test
    default void objectionsAreShortWordsNeverExceptions() {
        for (String option : goodOptions().keySet()) {
            for (String junk : List.of("", " ", "-1", "99999999999999999999", "1.5", "\0", "x".repeat(10_000))) {
                sessionRule().objection(option, junk).ifPresent(text ->
                        assertThat(text).as("%s=%s", option, junk).isNotBlank().hasSizeLessThan(500));
            }
            assertThat(sessionRule().objection(option, "")).as("%s without a value", option).isPresent();
        }
    }

    @Test
    default void aPeerThatIsNotSeenIsNoError() {
        ServiceEntry entry = Entries.entry("waiting", Protocol.UDP).options(goodOptions()).build();

        assertThatCode(() -> Verdicts.release(sessionRule().judge(FakeVisit.unseen(entry)))).doesNotThrowAnyException();
    }

    @Test
    default void visitsAreJudgedByManyThreadsAtOnce() throws Exception {
        SessionRule rule = sessionRule();
        ServiceEntry entry = Entries.entry("busy", Protocol.TCP4).options(goodOptions()).build();
        Verdicts.askAtOnce(100, i -> rule.judge(FakeVisit.from(entry, "192.0.2." + (i % 250 + 1), 1024 + i)));
    }
}
