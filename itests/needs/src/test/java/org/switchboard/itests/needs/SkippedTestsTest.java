package org.switchboard.itests.needs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class SkippedTestsTest {

    /** What running that class prints; the listener is found as it is in every module. */
    private static String printed(Class<?> tests, SummaryGeneratingListener summary) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(), summary);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everySkippedTestIsPrintedWithItsReason() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        assertThat(printed(Sample.class, summary).lines()).containsExactlyInAnyOrder(
                "SKIPPED: SkippedTestsTest$Sample.needsAProgram: no nosuchd on this machine",
                "SKIPPED: SkippedTestsTest$Sample.assumes: there is no moon",
                "SKIPPED: SkippedTestsTest$Sample.isDisabled: not now");
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(1);
        assertThat(summary.getSummary().getTestsFailedCount()).isZero();
    }

    @Test
    void aClassIsPrintedOnce() {
        assertThat(printed(SampleOfAClass.class, new SummaryGeneratingListener()))
                .isEqualTo("SKIPPED: SkippedTestsTest$SampleOfAClass: there is no moon" + System.lineSeparator());
    }

    static class Sample {

        @Test
        void needsAProgram() {
            // Not Needs.program: whether that skips or fails depends on the environment of this build.
            Needs.check(Needs.find("nosuchd").isPresent(), "no nosuchd on this machine", false);
        }

        @Test
        void assumes() {
            Assumptions.assumeTrue(false, "there is no moon");
        }

        @Test
        @Disabled("not now")
        void isDisabled() {
        }

        @Test
        void findsAShell() {
            assertThat(Needs.find("sh")).isPresent();
        }
    }

    static class SampleOfAClass {

        @BeforeAll
        static void assumes() {
            Assumptions.assumeTrue(false, "there is no moon");
        }

        @Test
        void first() {
        }

        @Test
        void second() {
        }
    }
}
