package org.switchboard.dispatcher.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.dispatcher.internal.framework.TestFramework;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.testkit.FakeLoggers;

class WhiteboardTest {

    private static final StreamProvider NOTHING = session -> { };

    private final BlockingQueue<List<ServiceEntry>> published = new LinkedBlockingQueue<>();
    private final FakeLoggers loggers = new FakeLoggers();
    private final ScheduledThreadPoolExecutor dispatcher = new ScheduledThreadPoolExecutor(1);
    private TestFramework framework;

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        framework = new TestFramework(storage);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
        dispatcher.shutdownNow();
    }

    private void watch(Duration grace) {
        Whiteboard whiteboard = new Whiteboard("127.0.0.1", grace, dispatcher, (source, entries) -> published.add(entries),
                loggers.logger());
        new ProviderDirectory(framework.context(), InstantSource.system(), new ProviderDirectory.Observer() {
            @Override
            public void appeared(ProviderHandle handle) {
                whiteboard.appeared(handle);
            }

            @Override
            public void departing(ProviderHandle handle) {
                whiteboard.departed(handle);
            }
        }).open();
    }

    private ServiceRegistration<?> register(Map<String, Object> endpoint) {
        Hashtable<String, Object> properties = new Hashtable<>(endpoint);
        properties.put("switchboard.provider.name", "qotd");
        return framework.context().registerService(StreamProvider.class, NOTHING, properties);
    }

    private List<ServiceEntry> next() throws InterruptedException {
        List<ServiceEntry> entries = published.poll(10, TimeUnit.SECONDS);
        assertThat(entries).as("a publication").isNotNull();
        return entries;
    }

    @Test
    void aProviderWithAPortIsAnEntryWhoseAddressCanBeOverridden() throws Exception {
        watch(Duration.ofSeconds(60));
        register(Map.of("switchboard.provider.port", 1717));

        ServiceEntry entry = next().get(0);
        assertThat(entry.id()).isEqualTo("qotd/tcp");
        assertThat(entry.options()).isEqualTo(Map.of("listen", "127.0.0.1"));
        assertThat(entry.origin().source()).startsWith("bundle:");
    }

    @Test
    void aProviderMayAskForEveryAddress() throws Exception {
        watch(Duration.ofSeconds(60));
        register(Map.of("switchboard.provider.port", 1717, "switchboard.provider.address", "*"));

        ServiceEntry entry = next().get(0);
        assertThat(entry.id()).isEqualTo("qotd/tcp");
        assertThat(entry.options()).isEmpty();
    }

    @Test
    void onlyTheProtocolsThatItsKindServesAreOpened() throws Exception {
        watch(Duration.ofSeconds(60));
        register(Map.of("switchboard.provider.port", 1717, "switchboard.provider.protocol", new String[] {"tcp", "udp"}));

        assertThat(next()).extracting(ServiceEntry::id).containsExactly("qotd/tcp");
    }

    @Test
    void ofTwoVersionsSideBySideTheOneThatServesSaysWhere() throws Exception {
        watch(Duration.ofSeconds(60));
        for (String version : List.of("1.1.0", "1.0.0")) {
            framework.bundle("com.example.qotd", version, Map.of()).getBundleContext().registerService(StreamProvider.class, NOTHING,
                    new Hashtable<>(Map.of("switchboard.provider.name", "qotd",
                            "switchboard.provider.port", version.equals("1.1.0") ? 1717 : 17)));
        }

        assertThat(next()).extracting(ServiceEntry::port).containsExactly(OptionalInt.of(1717));
        assertThat(next()).extracting(ServiceEntry::port).containsExactly(OptionalInt.of(1717));
    }

    @Test
    void aWrongEndpointIsAnErrorAndHarmsNothingElse() throws Exception {
        watch(Duration.ofSeconds(60));
        register(Map.of("switchboard.provider.port", 1717, "switchboard.provider.protocol", new String[] {"tpc", "tcp4"}));

        assertThat(next()).extracting(ServiceEntry::id).containsExactly("qotd/tcp4");
        loggers.await("default endpoint of provider 'qotd' ignored: unknown protocol 'tpc'");
    }

    @Test
    void theEntryOutlivesItsProviderForTheGraceAndNoLonger() throws Exception {
        watch(Duration.ofMillis(1));
        ServiceRegistration<?> registration = register(Map.of("switchboard.provider.port", 1717));
        assertThat(next()).hasSize(1);

        registration.unregister();

        assertThat(next()).isEmpty();
    }

    @Test
    void aProviderThatComesBackInTimeIsNeverMissed() throws Exception {
        watch(Duration.ofMillis(100));
        register(Map.of("switchboard.provider.port", 1717)).unregister();
        register(Map.of("switchboard.provider.port", 1717));

        assertThat(next()).hasSize(1);
        assertThat(next()).hasSize(1);
        assertThat(next()).as("when the grace is over").hasSize(1);
    }
}
