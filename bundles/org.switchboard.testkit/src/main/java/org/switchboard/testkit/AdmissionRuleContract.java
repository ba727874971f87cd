package org.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/** What every {@link AdmissionRule} must keep. A test class implements this next to its own tests. */
@ConsumerType
public interface AdmissionRuleContract {

    /** The rule under test; one object for the whole test. */
    AdmissionRule rule();

    /** The options it owns, as in its {@link AdmissionOptions}, each with a value that is right. */
    Map<String, String> goodOptions();

    @Test
    default void itsOwnGoodOptionsMeetNoObjection() {
        goodOptions().forEach((option, value) -> assertThat(rule().objection(option, value)).as(option).isEmpty());
    }

    @Test
    default void objectionsAreWordsNeverExceptions() {
        for (String option : goodOptions().keySet()) {
            for (String junk : List.of("", " ", "x", "-1", "99999999999999999999", "1.5", "\0", "x".repeat(10_000))) {
                assertThat(rule().objection(option, junk)).as("%s=%s", option, junk).isNotNull()
                        .hasValueSatisfying(text -> assertThat(text).isNotBlank().hasSizeLessThan(500));
            }
        }
    }

    @Test
    default void anEntryWithoutItsOptionsIsAdmittedFromAnOrdinaryClient() {
        Verdict verdict = rule().check(FakeArrival.from(Entries.tcp("plain"), "192.0.2.7", 4711));

        assertThat(verdict).isInstanceOf(Verdict.Admit.class);
        Verdicts.release(verdict);
    }

    @Test
    default void aPeerThatIsNotSeenIsNoError() {
        ServiceEntry entry = Entries.entry("waiting", Protocol.UDP).options(goodOptions()).build();

        assertThatCode(() -> Verdicts.release(rule().check(FakeArrival.unseen(entry)))).doesNotThrowAnyException();
    }

    @Test
    default void forgettingAnEntryItNeverSawDoesNothing() {
        assertThatCode(() -> rule().forget(Entries.tcp("never-seen"))).doesNotThrowAnyException();
    }

    @Test
    default void aLeaseOutlivesItsEntry() {
        AdmissionRule rule = rule();
        ServiceEntry entry = Entries.entry("leased", Protocol.TCP4).options(goodOptions()).build();
        Verdict verdict = rule.check(FakeArrival.from(entry, "192.0.2.7", 4711));

        rule.forget(entry);

        assertThatCode(() -> Verdicts.release(verdict)).doesNotThrowAnyException();
    }

    @Test
    default void arrivalsAreJudgedByManyThreadsAtOnce() throws Exception {
        AdmissionRule rule = rule();
        ServiceEntry entry = Entries.entry("busy", Protocol.TCP4).options(goodOptions()).build();
        Verdicts.askAtOnce(500, i -> rule.check(FakeArrival.from(entry, "192.0.2." + (i % 250 + 1), 1024 + i)));
    }
}
