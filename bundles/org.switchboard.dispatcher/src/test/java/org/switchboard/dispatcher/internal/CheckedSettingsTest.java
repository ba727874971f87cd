package org.switchboard.dispatcher.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.switchboard.testkit.FakeLoggers;

class CheckedSettingsTest {

    private final FakeLoggers loggers = new FakeLoggers();

    private CheckedSettings settings(Map<String, ?> values) {
        return new CheckedSettings(values, loggers.logger());
    }

    @Test
    void theDefaultsAreThoseThatTheMetatypeTells() throws Exception {
        CheckedSettings settings = settings(Map.of());
        for (Method setting : DispatcherSettings.class.getDeclaredMethods()) {
            assertThat(setting.invoke(settings)).as(setting.getName()).isEqualTo(setting.getDefaultValue());
        }
        assertThat(loggers.messages(LogLevel.ERROR)).isEmpty();
    }

    @Test
    void everySettingIsReadUnderTheNameThatTheMetatypeTells() throws Exception {
        for (Method setting : DispatcherSettings.class.getDeclaredMethods()) {
            Object configured = setting.getReturnType() == int.class ? Integer.valueOf(7) : "7";
            assertThat(setting.invoke(settings(Map.of(setting.getName().replace('_', '.'), "7"))))
                    .as(setting.getName()).isEqualTo(configured);
        }
    }

    @Test
    void aValueThatDoesNotFitIsFoundAndItsDefaultCounts() {
        Map<String, Object> values = new HashMap<>();
        values.put("drain.timeout.seconds", "half an hour");
        values.put("blocking.sessions", -3);
        values.put("retry.seconds", "");
        CheckedSettings settings = settings(values);

        assertThat(settings.drain_timeout_seconds()).isEqualTo(30);
        assertThat(settings.blocking_sessions()).isEqualTo(512);
        assertThat(settings.retry_seconds()).isEqualTo(5);
        assertThat(loggers.messages(LogLevel.ERROR)).containsExactlyInAnyOrder(
                "org.switchboard.dispatcher: error: 'drain.timeout.seconds' must be a number from 0 to 86400, not 'half an hour'; 30 is used",
                "org.switchboard.dispatcher: error: 'blocking.sessions' must be a number from 1 to 100000, not '-3'; 512 is used");
    }
}
