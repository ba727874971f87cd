package org.switchboard.config.internal.pid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.FakeLoggers;

class ConfigurationSourceTest {

    private final FakeLoggers loggers = new FakeLoggers();
    private final List<Runnable> pending = new ArrayList<>();
    private final List<List<String>> published = new ArrayList<>();
    private List<String> rejected = List.of();
    private final ServiceTable table = new ServiceTable() {
        @Override
        public ReloadReport publish(String source, List<ServiceEntry> entries) {
            published.add(entries.stream().map(entry -> entry.origin() + " " + entry.id()).toList());
            return new ReloadReport(entries.size(), 0, 0, 0, 0, List.of());
        }

        @Override
        public void reject(String source, List<RejectedEntry> entries) {
            rejected = entries.stream().map(entry -> entry.origin() + " " + entry.id() + ": " + entry.reason()).toList();
        }

        @Override
        public void leave(String source) {
            published.add(List.of("left"));
        }
    };
    private final ConfigurationSource source = new ConfigurationSource(pending::add, loggers.logger());

    private void settle() {
        pending.forEach(Runnable::run);
        pending.clear();
    }

    @Test
    void changesOfOneMomentArePublishedTogether() {
        source.table(table);
        source.put("s~b", Map.of());
        source.put("s~a", Map.of());
        settle();

        assertThat(published).containsExactly(List.of("s~a a/tcp", "s~b b/tcp"));
    }

    @Test
    void aTableThatComesLateGetsEverything() {
        source.put("s~a", Map.of());
        settle();
        assertThat(published).isEmpty();

        source.table(table);
        settle();
        assertThat(published).containsExactly(List.of("s~a a/tcp"));
    }

    @Test
    void aBadConfigurationCostsItsOwnServiceOnlyAndIsFoundAgainAtEveryReload() {
        source.table(table);
        source.put("s~a", Map.of());
        source.put("s~b", Map.of("port", "many"));
        settle();

        assertThat(published).containsExactly(List.of("s~a a/tcp"));
        String finding = "s~b: error: 'port' must be a number from 0 to 65535, not 'many'; service skipped";
        assertThat(loggers.messages(LogLevel.ERROR)).containsExactly(finding);
        assertThat(rejected).containsExactly(
                "s~b b/tcp: 'port' must be a number from 0 to 65535, not 'many'; service skipped");
        ReloadReport report = source.reload();
        assertThat(report.findings()).extracting(Finding::toString).containsExactly(finding);
        assertThat(report.failed()).isEqualTo(1);

        source.put("s~b", Map.of("port", 7));
        settle();
        assertThat(rejected).isEmpty();
    }

    @Test
    void theRankingAndThenTheNameDecideBetweenTwoOfOneService() {
        source.table(table);
        source.put("s~a", Map.of("name", "web"));
        source.put("s~b", Map.of("name", "web"));
        settle();
        source.put("s~b", Map.of("name", "web", "service.ranking", 5));
        settle();

        assertThat(published).containsExactly(List.of("s~a web/tcp"), List.of("s~b web/tcp"));
        assertThat(loggers.messages(LogLevel.WARN)).containsExactly(
                "s~b: warning: 'web/tcp' is defined by s~a too, which comes first; service skipped",
                "s~a: warning: 'web/tcp' is defined by s~b too, which comes first; service skipped");
    }

    @Test
    void whatIsRemovedIsWithdrawn() {
        source.table(table);
        source.put("s~a", Map.of());
        source.put("s~b", Map.of());
        settle();
        source.remove("s~a");
        settle();
        source.remove("s~b");
        source.close();
        settle();

        assertThat(published).containsExactly(List.of("s~a a/tcp", "s~b b/tcp"), List.of("s~b b/tcp"), List.of());
    }

    @Test
    void whatIsConfiguredWhenTheBundleStopsStaysForItsNextVersion() {
        source.table(table);
        source.put("s~a", Map.of());
        settle();
        source.put("s~b", Map.of());
        source.close();
        settle();

        assertThat(published).containsExactly(List.of("s~a a/tcp"), List.of("left"));
    }
}
