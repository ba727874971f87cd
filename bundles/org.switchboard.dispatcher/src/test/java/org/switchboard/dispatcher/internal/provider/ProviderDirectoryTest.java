package org.switchboard.dispatcher.internal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.runtime.RegistrationFailure;
import org.switchboard.dispatcher.internal.framework.TestFramework;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.ManualClock;

class ProviderDirectoryTest {

    private static final long SECONDS = 60;
    private static final StreamProvider NOTHING = session -> { };
    private final ServiceEntry entry = Entries.tcp("echo");
    private final ManualClock clock = ManualClock.at("2026-11-23T12:00:00Z");
    private final List<String> journal = new CopyOnWriteArrayList<>();
    private TestFramework framework;
    private ProviderDirectory directory;

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        framework = new TestFramework(storage);
        directory = new ProviderDirectory(framework.context(), clock, new ProviderDirectory.Observer() {
            @Override
            public void appeared(ProviderHandle handle) {
                journal.add("appeared " + handle.ranking());
            }

            @Override
            public void departing(ProviderHandle handle) {
                journal.add("departing " + handle.ranking() + " uses=" + handle.uses() + " acquirable="
                        + handle.acquire().isPresent());
            }
        });
        directory.open();
    }

    @AfterEach
    void close() throws Exception {
        directory.close();
        framework.close();
    }

    /** Counts how often an object was made and given back. */
    private static final class Counting implements ServiceFactory<StreamProvider> {
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger givenBack = new AtomicInteger();

        @Override
        public StreamProvider getService(Bundle bundle, ServiceRegistration<StreamProvider> registration) {
            made.incrementAndGet();
            return session -> { };
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<StreamProvider> registration, StreamProvider service) {
            givenBack.incrementAndGet();
        }
    }

    private ProviderHandle handle() {
        return directory.find("echo", entry).orElseThrow();
    }

    @Test
    void theHigherRankingIsPreferredWheneverItComes() {
        framework.register(StreamProvider.class, NOTHING, "echo", 0);
        framework.register(StreamProvider.class, NOTHING, "echo", 10);

        assertThat(handle().ranking()).isEqualTo(10);
        assertThat(journal).containsExactly("appeared 0", "appeared 10");
    }

    @Test
    void whatIsNoProviderThoughItLooksLikeOneIsListedWithTheReason() {
        framework.context().registerService(StreamProvider.class, NOTHING, null);
        ServiceRegistration<?> nothing = framework.register(Runnable.class, (Runnable) () -> { }, "idle", 0);

        assertThat(directory.rejected()).extracting(rejected -> rejected.fault().reason())
                .containsExactly(RegistrationFailure.NO_NAME, RegistrationFailure.NO_KIND);
        assertThat(journal).isEmpty();

        nothing.unregister();
        assertThat(directory.rejected()).hasSize(1);
    }

    @Test
    void aFaultIsForgottenWhenASessionEndsWell() {
        framework.register(StreamProvider.class, NOTHING, "echo", 0);
        handle().failed(new IllegalStateException("oops"));
        assertThat(handle().fault().orElseThrow().detail()).isEqualTo("java.lang.IllegalStateException: oops");

        handle().good();
        assertThat(handle().fault()).isEmpty();
        assertThat(handle().failures()).isEqualTo(1);
    }

    @Test
    void whatIsThereAlreadyIsFoundWhenTheDirectoryOpens() {
        framework.register(StreamProvider.class, NOTHING, "early", 0);
        ProviderDirectory late = new ProviderDirectory(framework.context(), clock, new ProviderDirectory.Observer() {
            @Override
            public void appeared(ProviderHandle handle) {
                journal.add("late " + handle.name());
            }

            @Override
            public void departing(ProviderHandle handle) {
                journal.add("late departing");
            }
        });
        late.open();
        late.close();

        assertThat(journal).contains("late early");
    }

    @Test
    void aProviderThatGoesGivesOutNoMoreUsesWhileItsSessionsAreWaitedFor() {
        ServiceRegistration<?> registration = framework.register(StreamProvider.class, NOTHING, "echo", 3);
        handle().acquire();

        registration.unregister();

        assertThat(journal).containsExactly("appeared 3", "departing 3 uses=1 acquirable=false");
        assertThat(directory.find("echo", entry)).isEmpty();
    }

    @Test
    void theObjectIsMadeWithTheFirstUseAndLetGoWhenIdleLongEnough() {
        Counting counting = new Counting();
        framework.register(StreamProvider.class, counting, "echo", 0);
        assertThat(counting.made).hasValue(0);

        handle().acquire().orElseThrow().close();
        handle().acquire().orElseThrow().close();
        directory.releaseIdle(Duration.ofSeconds(60));
        assertThat(counting.made).hasValue(1);
        assertThat(counting.givenBack).hasValue(0);

        clock.advance(Duration.ofSeconds(60));
        directory.releaseIdle(Duration.ofSeconds(60));
        assertThat(counting.givenBack).hasValue(1);
    }

    @Test
    void anObjectInUseIsNeverIdle() {
        Counting counting = new Counting();
        framework.register(StreamProvider.class, counting, "echo", 0);
        ProviderUse use = handle().acquire().orElseThrow();
        clock.advance(Duration.ofDays(1));

        directory.releaseIdle(Duration.ofSeconds(60));

        assertThat(counting.givenBack).hasValue(0);
        use.close();
    }

    /** The thread that unregisters a provider may hold the lock that its activation waits for. */
    @Test
    void aProviderThatGoesDoesNotWaitForAnObjectThatIsBeingMade() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger givenBack = new AtomicInteger();
        framework.register(StreamProvider.class, new ServiceFactory<StreamProvider>() {
            @Override
            public StreamProvider getService(Bundle bundle, ServiceRegistration<StreamProvider> registration) {
                making.countDown();
                await(goOn);
                return NOTHING;
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<StreamProvider> registration, StreamProvider service) {
                givenBack.incrementAndGet();
            }
        }, "echo", 0);
        ProviderHandle handle = handle();
        CompletableFuture<Optional<ProviderUse>> use = CompletableFuture.supplyAsync(handle::acquire);
        await(making);

        handle.retire();

        assertThat(handle.awaitUnused(Duration.ofDays(1))).isTrue();
        goOn.countDown();
        assertThat(use.get(SECONDS, TimeUnit.SECONDS)).isEmpty();
        assertThat(handle.uses()).isZero();
        assertThat(givenBack).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPrototypeGivesEveryUseAnObjectOfItsOwn() {
        List<Object> returned = new CopyOnWriteArrayList<>();
        framework.register(StreamProvider.class, new PrototypeServiceFactory<StreamProvider>() {
            @Override
            public StreamProvider getService(Bundle bundle, ServiceRegistration<StreamProvider> registration) {
                return returned::add;
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<StreamProvider> registration, StreamProvider service) {
                returned.add(service);
            }
        }, "echo", 0);

        ProviderUse one = handle().acquire().orElseThrow();
        ProviderUse other = handle().acquire().orElseThrow();
        assertThat(one.as(StreamProvider.class)).isNotSameAs(other.as(StreamProvider.class));
        one.close();
        assertThat(returned).containsExactly(one.as(StreamProvider.class));
        other.close();
    }

    @Test
    void aFactoryThatFailsLeavesNoUseBehind() {
        framework.register(StreamProvider.class, new ServiceFactory<StreamProvider>() {
            @Override
            public StreamProvider getService(Bundle bundle, ServiceRegistration<StreamProvider> registration) {
                throw new IllegalStateException("broken constructor");
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<StreamProvider> registration, StreamProvider service) {
                journal.add("given back");
            }
        }, "echo", 0);

        assertThatThrownBy(handle()::acquire).isInstanceOf(IllegalStateException.class);
        assertThat(handle().uses()).isZero();
    }
}
