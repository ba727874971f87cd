package org.switchboard.dispatcher.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.resolve.ResolvedEntry;

class MergedTableTest {

    private final MergedTable table = new MergedTable();

    private static ResolvedEntry entry(String name, String file, int line) {
        return new ResolvedEntry(ServiceEntry.builder(name, Protocol.TCP, new Origin(file, line)).build(), OptionalInt.of(7),
                List.of(), List.of(), Optional.empty());
    }

    private String origin(String id) {
        return table.merged().get(id).entry().origin().toString();
    }

    @Test
    void theLastOfTwoLinesCountsAndTheOtherIsNamed() {
        List<Finding> findings = table.put("files", List.of(entry("echo", "a.conf", 1), entry("echo", "a.conf", 9)));

        assertThat(origin("echo/tcp")).isEqualTo("a.conf:9");
        assertThat(findings).extracting(Finding::toString).containsExactly(
                "a.conf:9: warning: 'echo/tcp' was defined before at a.conf:1; this definition is used");
    }

    @Test
    void aFileOverridesABundleWhicheverCameFirst() {
        table.put("bundle:org.example.qotd", List.of(entry("qotd", "bundle:org.example.qotd", 0)));
        table.put("files", List.of(entry("qotd", "a.conf", 3)));

        assertThat(origin("qotd/tcp")).isEqualTo("a.conf:3");
        assertThat(table.merged().get("qotd/tcp").notes()).containsExactly("overrides 'qotd/tcp' of bundle:org.example.qotd");
    }

    @Test
    void configurationsComeBeforeFilesFilesBeforeOthersAndBundlesLastInWhateverOrderTheyPublish() {
        table.put("bundle:a", List.of(entry("echo", "bundle:a", 0)));
        table.put("a.plugin", List.of(entry("echo", "plugin", 0)));
        table.put("files", List.of(entry("echo", "a.conf", 3)));
        table.put("configurations", List.of(entry("echo", "org.switchboard.service~echo", 0)));

        assertThat(origin("echo/tcp")).isEqualTo("org.switchboard.service~echo");
        assertThat(table.merged().get("echo/tcp").notes()).containsExactly("overrides 'echo/tcp' of a.conf:3",
                "overrides 'echo/tcp' of plugin", "overrides 'echo/tcp' of bundle:a");
    }

    @Test
    void whatASourceSaidStaysWhileItIsAwayAndWhatItSaysAgainStaysForGood() {
        table.put("configurations", List.of(entry("echo", "s~echo", 0), entry("time", "s~time", 0)));
        table.put("files", List.of(entry("echo", "a.conf", 3)));

        table.leave("configurations");
        assertThat(origin("echo/tcp")).isEqualTo("s~echo");
        table.put("configurations", List.of(entry("echo", "s~other", 0)));
        assertThat(origin("echo/tcp")).isEqualTo("s~other");
        assertThat(origin("time/tcp")).isEqualTo("s~time");
        table.leave("configurations");
        assertThat(origin("time/tcp")).as("after it went twice").isEqualTo("s~time");
        table.put("configurations", List.of(entry("echo", "s~other", 0)));
        table.forget("configurations");

        assertThat(table.merged()).containsOnlyKeys("echo/tcp");
        assertThat(origin("echo/tcp")).isEqualTo("s~other");
    }

    @Test
    void whatWasOverriddenComesBackWhenTheFileLetsGo() {
        table.put("bundle:org.example.qotd", List.of(entry("qotd", "bundle:org.example.qotd", 0)));
        table.put("files", List.of(entry("qotd", "a.conf", 3)));
        table.put("files", List.of());

        assertThat(origin("qotd/tcp")).isEqualTo("bundle:org.example.qotd");
    }
}
