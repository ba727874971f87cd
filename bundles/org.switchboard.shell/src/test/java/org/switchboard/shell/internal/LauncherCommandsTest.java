package org.switchboard.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.api.config.ConfigurationCheck;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.runtime.SuperServer;

class LauncherCommandsTest {

    private Console console;
    private LauncherCommands commands;

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        console = new Console(storage);
        commands = new LauncherCommands(console.processor, console.commands);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    /** The output as text, which it is in every test here. */
    private Map<String, Object> answer(List<String> words) {
        Map<String, Object> result = new HashMap<>(commands.apply(words));
        result.computeIfPresent("output", (key, bytes) -> new String((byte[]) bytes, StandardCharsets.UTF_8));
        return result;
    }

    @Test
    void printsWhatTheGogoCommandPrints() {
        console.context().registerService(SuperServer.class, new FakeServer(), null);
        assertThat(answer(List.of("reload")))
                .isEqualTo(Map.of("output", "opened=0 kept=0 updated=0 closed=0 failed=0\n", "exit", 0));
    }

    @Test
    void handsOverTheExitCodeOfReload() {
        FakeServer server = new FakeServer();
        server.next = new ReloadReport(0, 3, 0, 0, 0, List.of(FakeServer.error("entry skipped")));
        console.context().registerService(SuperServer.class, server, null);
        assertThat(answer(List.of("reload"))).containsEntry("exit", 1)
                .extractingByKey("output").asString().endsWith("opened=0 kept=3 updated=0 closed=0 failed=0\n");
    }

    @Test
    void handsOverTheExitCodeOfCheck() {
        console.context().registerService(ConfigurationCheck.class,
                (files, dialect) -> new ConfigurationCheck.Result(true, List.of(), List.of(FakeServer.warning("odd"))), null);
        assertThat(answer(List.of("check", "f"))).containsEntry("exit", 0);
        assertThat(answer(List.of("check", "--strict", "f"))).containsEntry("exit", 1);
    }

    @Test
    void failsInOneLine() {
        assertThat(answer(List.of("list"))).containsEntry("exit", 1)
                .extractingByKey("output").asString().endsWith("(see 'scr:list')\n");
    }

    @Test
    void refusesWrongUse() {
        assertThat(answer(List.of("show")))
                .isEqualTo(Map.of("output", "show: ID is missing; usage: show [--help] ID\n", "exit", 64));
        assertThat(answer(List.of("fly"))).isEqualTo(Map.of("output", "no such command: fly\n", "exit", 64));
        assertThat(answer(List.of("lsit")))
                .isEqualTo(Map.of("output", "no such command: lsit; did you mean 'list'?\n", "exit", 64));
        assertThat(answer(List.of())).containsEntry("exit", 64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(inetd:list)", "a b", "'", "\"", "*", "{x}", "[1 2]", "#42", "a;b", "a|b", "${word1}", "\\", "%(1+1)",
            "007", "<x", "true"})
    void readsNoWordAsGogo(String word) {
        console.context().registerService(SuperServer.class, new FakeServer(), null);
        assertThat(answer(List.of("show", word)))
                .isEqualTo(Map.of("output", "no service begins with '" + word + "'\n", "exit", 1));
    }
}
