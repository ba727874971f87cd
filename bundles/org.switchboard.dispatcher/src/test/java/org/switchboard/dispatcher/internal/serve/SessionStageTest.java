package org.switchboard.dispatcher.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.admit.AdmissionPeriod;
import org.switchboard.dispatcher.internal.framework.TestFramework;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.session.Conduct;
import org.switchboard.dispatcher.internal.session.Counters;
import org.switchboard.testkit.Entries;

class SessionStageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MOST_WAITING = 64 + 1024;

    private final Admission admission = new Admission();
    private final Workers workers = new Workers(16);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ServiceEntry entry = Entries.entry("echo", Protocol.TCP4).options(Map.of("guard", "yes")).build();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AdmissionPeriod period = AdmissionPeriod.unwatched();
    private TestFramework framework;
    private ProviderDirectory directory;
    private Serving serving;

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        framework = new TestFramework(storage);
        directory = new ProviderDirectory(framework.context(), InstantSource.system(), new ProviderDirectory.Observer() {
            @Override
            public void appeared(ProviderHandle handle) {
            }

            @Override
            public void departing(ProviderHandle handle) {
            }
        });
        directory.open();
        framework.register(StreamProvider.class, (StreamProvider) session -> { }, "echo", 0);
        ProviderHandle handle = directory.all().get(0);
        serving = new Serving(entry, handle, handle.kindFor(entry).orElseThrow(), new Counters(), new Parking(),
                period, Conduct.UNWATCHED);
    }

    @AfterEach
    void close() throws Exception {
        directory.close();
        answer.countDown();
        timer.shutdownNow();
        workers.close();
        framework.close();
    }

    private SessionStage stage(Duration patience, SessionRule rule) {
        admission.addSessionRule(() -> rule, Map.of("service.id", 1L, AdmissionOptions.PROPERTY, "guard"));
        return new SessionStage(admission.sessionRules(), workers, directory, patience, InstantSource.system());
    }

    private CompletableFuture<Verdict> judge(SessionStage stage, List<Lease> leases) {
        Visitor visitor = new Visitor(serving, Optional.of(new InetSocketAddress("192.0.2.7", 4711)),
                new InetSocketAddress("192.0.2.1", 7));
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        stage.judge(stage.visit(visitor), leases, timer, verdict::complete);
        return verdict;
    }

    @Test
    void whoAsksDoesNotWaitForTheRule() throws Exception {
        SessionStage stage = stage(PATIENCE, visit -> {
            answer.await();
            return Verdict.refuse("looked up");
        });

        CompletableFuture<Verdict> verdict = judge(stage, new ArrayList<>());

        assertThat(verdict).isNotDone();
        answer.countDown();
        assertThat(verdict.get(60, TimeUnit.SECONDS)).isEqualTo(Verdict.refuse("looked up"));
    }

    @Test
    void whoeverHasNoVerdictInTimeIsRefused() throws Exception {
        SessionStage stage = stage(Duration.ofSeconds(1), visit -> {
            answer.await();
            return Verdict.admit();
        });

        CompletableFuture<Verdict> verdict = judge(stage, new ArrayList<>());

        assertThat(verdict.get(60, TimeUnit.SECONDS)).isEqualTo(Verdict.refuse("no verdict in 1 s"));
    }

    @Test
    void aLeaseOfAVerdictThatCameTooLateGoesBack() throws Exception {
        CompletableFuture<String> begun = new CompletableFuture<>();
        CompletableFuture<String> back = new CompletableFuture<>();
        SessionStage stage = stage(Duration.ofMillis(300), visit -> {
            begun.complete("yes");
            try {
                answer.await();
            } catch (InterruptedException late) {
                return Verdict.admit(() -> back.complete("back"));
            }
            return Verdict.refuse("never");
        });
        List<Lease> leases = new ArrayList<>();

        CompletableFuture<Verdict> verdict = judge(stage, leases);

        assertThat(verdict.get(60, TimeUnit.SECONDS)).isInstanceOf(Verdict.Refuse.class);
        if (begun.isDone()) {
            assertThat(back.get(60, TimeUnit.SECONDS)).isEqualTo("back");
        }
        assertThat(leases).isEmpty();
    }

    @Test
    void howManyWaitForAVerdictIsBounded() throws Exception {
        SessionStage stage = stage(PATIENCE, visit -> {
            answer.await();
            return Verdict.admit();
        });
        List<CompletableFuture<Verdict>> waiting = new ArrayList<>();
        for (int i = 0; i < MOST_WAITING; i++) {
            waiting.add(judge(stage, new ArrayList<>()));
        }

        CompletableFuture<Verdict> surplus = judge(stage, new ArrayList<>());

        assertThat(surplus).isCompletedWithValue(Verdict.refuse("too many wait for a verdict"));
        answer.countDown();
        for (CompletableFuture<Verdict> verdict : waiting) {
            assertThat(verdict.get(60, TimeUnit.SECONDS)).isEqualTo(Verdict.admit());
        }
    }
}
