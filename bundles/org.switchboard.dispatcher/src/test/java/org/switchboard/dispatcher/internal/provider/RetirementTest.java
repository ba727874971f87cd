package org.switchboard.dispatcher.internal.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.dispatcher.internal.framework.TestFramework;
import org.switchboard.testkit.FakeLoggers;
import org.switchboard.testkit.ManualClock;

class RetirementTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final StreamProvider NOTHING = session -> { };

    private final ManualClock clock = ManualClock.at("2026-11-26T12:00:00Z");
    private final FakeLoggers loggers = new FakeLoggers();
    private final List<Bundle> named = new CopyOnWriteArrayList<>();
    private TestFramework framework;
    private ProviderDirectory directory;
    private Retirement retirement;

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        framework = new TestFramework(storage);
        directory = new ProviderDirectory(framework.context(), clock, new ProviderDirectory.Observer() {
            @Override
            public void appeared(ProviderHandle handle) {
                // Looked at when the test says so.
            }

            @Override
            public void departing(ProviderHandle handle) {
                // Nobody is served by it any more.
            }
        });
        directory.open();
        retirement = retirement(PATIENCE);
    }

    /** One that looks when it is told to, and never by itself. */
    private Retirement retirement(Duration patience) {
        ScheduledThreadPoolExecutor never = new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());
        never.shutdown();
        return new Retirement(directory, named::contains, patience, never, Runnable::run, clock,
                loggers.getLogger(RetirementTest.class));
    }

    @AfterEach
    void close() throws Exception {
        directory.close();
        framework.close();
    }

    private Bundle bundle(String version) throws BundleException, IOException {
        return framework.bundle("com.example.ftp", version, Map.of());
    }

    private static void provide(Bundle bundle, String name, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>(
                Map.of(ProviderName.PROPERTY, name, Constants.SERVICE_RANKING, ranking));
        bundle.getBundleContext().registerService(StreamProvider.class, NOTHING, properties);
    }

    private Bundle providing(String version, String... names) throws BundleException, IOException {
        Bundle bundle = bundle(version);
        for (String name : names) {
            provide(bundle, name, 0);
        }
        return bundle;
    }

    private void lookAfter(Duration later) {
        clock.advance(later);
        retirement.look();
    }

    private void lookForLong() {
        lookAfter(Duration.ZERO);
        lookAfter(PATIENCE);
    }

    @Test
    void anOlderVersionThatServesNobodyIsUninstalledAfterAWhile() throws Exception {
        Bundle older = providing("1.0.0", "ftp");
        Bundle newer = providing("1.1.0", "ftp");

        lookAfter(Duration.ZERO);
        lookAfter(PATIENCE.minusMillis(1));
        assertThat(older.getState()).isEqualTo(Bundle.ACTIVE);
        lookAfter(Duration.ofMillis(1));

        assertThat(older.getState()).isEqualTo(Bundle.UNINSTALLED);
        assertThat(newer.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(loggers.messages(LogLevel.INFO)).containsExactly(
                "uninstalled com.example.ftp 1.0.0: 1.1.0 provides all that it did, and its last session is over");
    }

    @Test
    void itsSessionsEndFirstAndThenItStaysAsLongAsOthersDo() throws Exception {
        Bundle older = providing("1.0.0", "ftp");
        ProviderUse session = directory.all().get(0).acquire().orElseThrow();
        providing("1.1.0", "ftp");

        lookForLong();
        assertThat(older.getState()).isEqualTo(Bundle.ACTIVE);
        session.close();
        lookAfter(Duration.ZERO);
        assertThat(older.getState()).isEqualTo(Bundle.ACTIVE);
        lookAfter(PATIENCE);

        assertThat(older.getState()).isEqualTo(Bundle.UNINSTALLED);
    }

    @Test
    void anOlderVersionThatProvidesSomethingElseStays() throws Exception {
        Bundle older = providing("1.0.0", "ftp", "tftp");
        providing("1.1.0", "ftp");

        lookForLong();

        assertThat(older.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void anOlderVersionThatIsPreferredByItsRankingStays() throws Exception {
        Bundle older = bundle("1.0.0");
        provide(older, "ftp", 5);
        providing("1.1.0", "ftp");

        lookForLong();

        assertThat(older.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void anOlderVersionStaysWhileTheNewerFails() throws Exception {
        Bundle older = providing("1.0.0", "ftp");
        providing("1.1.0", "ftp");
        ProviderHandle newer = directory.all().get(0);

        newer.failed(new IllegalStateException("broken"));
        lookForLong();
        assertThat(older.getState()).isEqualTo(Bundle.ACTIVE);
        newer.good();
        lookForLong();

        assertThat(older.getState()).isEqualTo(Bundle.UNINSTALLED);
    }

    @Test
    void anOlderVersionThatAnEntryNamesOrWhoseClassesAnotherBundleUsesStays() throws Exception {
        Bundle older = framework.bundle("com.example.ftp", "1.0.0", Map.of(Constants.EXPORT_PACKAGE, "com.example.ftp;version=1.0"));
        provide(older, "ftp", 0);
        Bundle user = framework.bundle("com.example.user", "1.0.0", Map.of(Constants.IMPORT_PACKAGE, "com.example.ftp"));
        providing("1.1.0", "ftp");

        lookForLong();
        assertThat(older.getState()).as("used by another bundle").isEqualTo(Bundle.ACTIVE);
        user.uninstall();
        named.add(older);
        lookForLong();
        assertThat(older.getState()).as("named by an entry").isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void anotherBundleIsNoNewerVersion() throws Exception {
        Bundle one = providing("1.0.0", "ftp");
        provide(framework.bundle("com.example.other", "2.0.0", Map.of()), "ftp", 9);

        lookForLong();

        assertThat(one.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void whoWantsBothVersionsKeepsThem() throws Exception {
        Bundle older = providing("1.0.0", "ftp");
        providing("1.1.0", "ftp");
        retirement = retirement(Duration.ofSeconds(-1));

        retirement.appeared();
        clock.advance(Duration.ofDays(1));
        retirement.appeared();

        assertThat(older.getState()).isEqualTo(Bundle.ACTIVE);
    }
}
