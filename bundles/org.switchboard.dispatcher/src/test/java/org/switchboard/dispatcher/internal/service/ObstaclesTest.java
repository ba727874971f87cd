package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.Instance;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.dispatcher.internal.framework.TestFramework;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.ProviderKind;
import org.switchboard.dispatcher.internal.serve.Workers;
import org.switchboard.dispatcher.internal.service.Obstacles.Answer;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.ManualClock;

class ObstaclesTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Runnable NEVER = () -> {
        throw new AssertionError("it was in time");
    };

    private final ServiceEntry entry = Entries.tcp("cat");
    private final CountDownLatch made = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Workers workers = new Workers(1);
    private TestFramework framework;
    private ProviderDirectory directory;

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        framework = new TestFramework(storage);
        directory = new ProviderDirectory(framework.context(), ManualClock.at("2026-11-23T12:00:00Z"), new ProviderDirectory.Observer() {
            @Override
            public void appeared(ProviderHandle handle) {
                return;
            }

            @Override
            public void departing(ProviderHandle handle) {
                return;
            }
        });
        directory.open();
    }

    @AfterEach
    void close() throws Exception {
        made.countDown();
        answered.countDown();
        workers.close();
        directory.close();
        framework.close();
    }

    /** Answers, and is made, only when it may. */
    private final class Slow implements DescriptorProvider, ServiceFactory<DescriptorProvider> {
        @Override
        public DescriptorProvider getService(Bundle bundle, ServiceRegistration<DescriptorProvider> registration) {
            await(made);
            return this;
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<DescriptorProvider> registration, DescriptorProvider object) {
            return;
        }

        @Override
        public Optional<String> obstacle(ServiceEntry asked) {
            await(answered);
            return Optional.of("no such program");
        }

        @Override
        public Instance start(SocketDescriptor socket) {
            throw new UnsupportedOperationException();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer find(Duration deadline, Runnable late) {
        framework.register(DescriptorProvider.class, new Slow(), "slow", 0);
        return new Obstacles(workers, deadline).find(directory.all().get(0), ProviderKind.DESCRIPTOR, entry, late);
    }

    @Test
    void aProviderSaysWhatStandsInTheWay() {
        made.countDown();
        answered.countDown();
        assertThat(find(LONG, NEVER)).isEqualTo(new Answer(true, Optional.of("no such program")));
        assertThat(directory.all().get(0).starts()).as("a question is no start").isZero();
        assertThat(directory.all().get(0).uses()).isZero();
    }

    @Test
    void aProviderThatIsNotThereInTimeIsWaitedFor() {
        CountDownLatch late = new CountDownLatch(1);
        Answer answer = find(SHORT, late::countDown);
        assertThat(answer).isEqualTo(new Answer(false, Optional.of("its object is not there yet")));
        answered.countDown();
        made.countDown();
        await(late);
    }
}
