package org.switchboard.dispatcher.internal.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.dispatcher.internal.provider.NamedBundle;
import org.switchboard.dispatcher.internal.resolve.Multiplexed;
import org.switchboard.dispatcher.internal.resolve.ResolvedEntry;
import org.switchboard.dispatcher.internal.service.RunningService;
import org.switchboard.dispatcher.internal.service.RunningService.Change;
import org.switchboard.dispatcher.internal.service.Status;
import org.switchboard.dispatcher.internal.service.Surroundings;

/**
 * Compares what the sources want with what runs, and closes, updates and opens in that order. The comparison happens on the
 * dispatcher thread, so that every change of an entry is one of a sequence.
 */
public final class Reconciler {

    private static final long PUBLISH_SECONDS = 60;

    private final Surroundings around;
    private final MergedTable table = new MergedTable(); // dispatcher thread only
    private final NavigableMap<String, RunningService> services = new ConcurrentSkipListMap<>();
    /**
     * Those that the next dispatcher serves; clients that still come to them here are kept for it. Set in one step: a thread
     * that saw only some of them would take a service for unknown.
     */
    private volatile NavigableMap<String, RunningService> left = Collections.emptyNavigableMap();
    /** Whether all entries have ended: none begins any more. Dispatcher thread only. */
    private boolean over;
    private final RejectedEntries rejected = new RejectedEntries();
    private final EntryWarnings warnings = new EntryWarnings();
    /** When what a source said is forgotten that went; dispatcher thread only. */
    private final Map<String, Future<?>> leaving = new HashMap<>();

    public Reconciler(Surroundings around) {
        this.around = around;
    }

    /** All entries, by id. Any thread. */
    public NavigableMap<String, RunningService> services() {
        return services;
    }

    /** All entries by id, also when this dispatcher has left them to the next. Any thread. */
    public NavigableMap<String, RunningService> reachable() {
        NavigableMap<String, RunningService> now = left;
        return now.isEmpty() ? services : now;
    }

    /** What cannot run as it is written, and is therefore no entry. Any thread. */
    public RejectedEntries rejected() {
        return rejected;
    }

    /** Replaces what a source rejected before. Any thread. */
    public void reject(String source, List<RejectedEntry> entries) {
        rejected.put(source, entries);
    }

    /** What was found about entries that run nevertheless. Any thread. */
    public EntryWarnings warnings() {
        return warnings;
    }

    /** Replaces what a source found before about its entries. Any thread. */
    public void warn(String source, List<Finding> findings) {
        warnings.put(source, findings);
    }

    /** Whether an entry names that very bundle, by its location. Any thread. */
    public boolean names(Bundle bundle) {
        return services.values().stream().map(service -> NamedBundle.of(service.entry()))
                .anyMatch(named -> named.isPresent() && named.get().location().equals(bundle.getLocation()));
    }

    /** Replaces what a source said before, and waits until that has taken effect. Any thread but the dispatcher's. */
    public ReloadReport publish(String source, List<ServiceEntry> entries) {
        around.settling().begin();
        try {
            return publishAndWait(source, entries);
        } finally {
            around.settling().end();
        }
    }

    private ReloadReport publishAndWait(String source, List<ServiceEntry> entries) {
        // Looked up here, because name services may take their time and the dispatcher thread has none.
        List<ResolvedEntry> resolved = entries.stream().map(around.resolver()::resolve).toList();
        List<Finding> objections = objections(entries);
        Origin origin = new Origin(source, 0);
        try {
            ReloadReport report = call(() -> apply(source, resolved)).after(objections);
            log(report.findings());
            return report;
        } catch (TimeoutException slow) {
            return failure(origin, "not all changes took effect within " + PUBLISH_SECONDS + " s; they go on");
        } catch (ExecutionException failed) {
            around.log().error("cannot apply {}", source, failed.getCause());
            return failure(origin, "the changes could not be applied: " + failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failure(origin, "interrupted before all changes took effect; they go on");
        } catch (RejectedExecutionException stopped) {
            return stopping(origin);
        }
    }

    /** A source may publish while this dispatcher stops; it does so again when there is another. */
    private static ReloadReport stopping(Origin origin) {
        return new ReloadReport(0, 0, 0, 0, 0, List.of(Finding.warning(origin, "this dispatcher is stopping; the next one opens "
                + "the ports")));
    }

    /** As {@link #publish}, without waiting and for any thread. Nobody asked, so what is wrong elsewhere is not said again. */
    public void publishLater(String source, List<ServiceEntry> entries) {
        around.dispatcher().execute(() -> {
            ReloadReport report = apply(source, entries.stream().map(around.resolver()::resolve).toList());
            log(report.after(objections(entries)).findings().stream()
                    .filter(finding -> finding.origin().source().equals(source)).toList());
        });
    }

    private void log(List<Finding> findings) {
        findings.forEach(finding -> {
            if (finding.severity() == Finding.Severity.ERROR) {
                around.log().error("{}", finding);
            } else {
                around.log().warn("{}", finding);
            }
        });
    }

    private static ReloadReport failure(Origin origin, String message) {
        return new ReloadReport(0, 0, 0, 0, 0, List.of(Finding.error(origin, message)));
    }

    private <T> T call(Callable<T> change) throws InterruptedException, ExecutionException, TimeoutException {
        return around.dispatcher().submit(change).get(PUBLISH_SECONDS, TimeUnit.SECONDS);
    }

    private List<Finding> objections(List<ServiceEntry> entries) {
        List<Finding> findings = new ArrayList<>();
        for (ServiceEntry entry : entries) {
            around.admission().objections(entry)
                    .forEach(objection -> findings.add(Finding.error(entry.origin(), objection)));
            around.admission().withoutEffect(entry).forEach(sentence -> findings.add(Finding.warning(entry.origin(),
                    sentence)));
        }
        return findings;
    }

    /** A source goes; what it said stays for that long, and what it says again when it is back stays after that. Any thread. */
    public void leave(String source, Duration grace) {
        around.dispatcher().execute(() -> {
            table.leave(source);
            rejected.leave(source);
            warnings.leave(source);
            Optional.ofNullable(leaving.put(source, around.dispatcher().schedule(() -> forget(source), grace.toMillis(),
                    TimeUnit.MILLISECONDS))).ifPresent(earlier -> earlier.cancel(false));
        });
    }

    private void forget(String source) {
        leaving.remove(source);
        table.forget(source);
        rejected.forget(source);
        warnings.forget(source);
        if (!over) {
            reconcile(List.of());
        }
    }

    /** What a source says when all entries have ended would open its ports once more, and those of all others. */
    private ReloadReport apply(String source, List<ResolvedEntry> entries) {
        return over ? stopping(new Origin(source, 0)) : reconcile(table.put(source, entries));
    }

    /** Makes what runs what is wanted. @param noticed what was found before */
    private ReloadReport reconcile(List<Finding> noticed) {
        around.settling().begin();
        try {
            return reconcileNow(noticed);
        } finally {
            around.settling().end();
        }
    }

    private ReloadReport reconcileNow(List<Finding> noticed) {
        List<Finding> findings = new ArrayList<>(noticed);
        Map<String, ResolvedEntry> wanted = table.merged();
        Tally tally = new Tally();
        services.entrySet().removeIf(entry -> {
            boolean gone = !wanted.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().close();
                tally.closed++;
            }
            return gone;
        });
        List<Step> steps = new ArrayList<>();
        wanted.forEach((id, resolved) -> steps.add(begin(services.get(id), resolved)));
        // Those that are reached through the port of another entry are ready before that answers.
        steps.stream().filter(Step::isThroughOthers).forEach(step -> step.service.settleForReport());
        steps.stream().filter(step -> !step.isThroughOthers()).forEach(step -> step.service.settleForReport());
        steps.forEach(step -> tally.count(step, findings));
        findings.addAll(Multiplexed.unreachable(entries(wanted)));
        return new ReloadReport(tally.opened, tally.kept, tally.updated, tally.closed, tally.failed, findings);
    }

    private static List<ServiceEntry> entries(Map<String, ResolvedEntry> wanted) {
        List<ServiceEntry> entries = new ArrayList<>();
        for (ResolvedEntry resolved : wanted.values()) {
            entries.add(resolved.entry());
        }
        return entries;
    }

    /** What happens to one entry: how it stood before, and what its new version changes. */
    private record Step(RunningService service, boolean wasOpen, Change change) {
        boolean isThroughOthers() {
            return Multiplexed.is(service.entry());
        }
    }

    private Step begin(RunningService running, ResolvedEntry resolved) {
        if (running == null) {
            RunningService service = new RunningService(around, resolved);
            services.put(resolved.entry().id(), service);
            return new Step(service, false, Change.KEPT);
        }
        boolean wasOpen = !running.status().isTrouble() && !running.status().isDisabled();
        return new Step(running, wasOpen, running.update(resolved));
    }

    /** Counts what became of the entries: each once, but for one that moved, which was closed and opened. */
    private static final class Tally {
        private int opened;
        private int kept;
        private int updated;
        private int closed;
        private int failed;

        void count(Step step, List<Finding> findings) {
            Status status = step.service.status();
            if (status.isTrouble()) {
                failed++;
                findings.add(doesNotRun(step.service.entry(), status));
            } else if (status.isDisabled()) {
                closed += step.wasOpen ? 1 : 0;
                kept += step.wasOpen ? 0 : 1;
            } else if (!step.wasOpen) {
                opened++;
            } else if (step.change == Change.MOVED) {
                closed++;
                opened++;
            } else if (step.change == Change.UPDATED) {
                updated++;
            } else {
                kept++;
            }
        }

        private static Finding doesNotRun(ServiceEntry entry, Status status) {
            String message = "'" + entry.id() + "' does not run: " + status.reason();
            return status.state() == EntryState.FAILED
                    ? Finding.error(entry.origin(), message) : Finding.warning(entry.origin(), message);
        }
    }

    /** A provider came or went. */
    public void providersChanged() {
        around.dispatcher().execute(() -> services.values().forEach(RunningService::providersChanged));
    }

    /** An event loop has ended, and another has taken its place. */
    public void loopEnded() {
        around.dispatcher().execute(() -> services.values().forEach(RunningService::loopEnded));
    }

    /** Rules came or went. */
    public void rulesChanged() {
        around.dispatcher().execute(() -> services.values().forEach(RunningService::rulesChanged));
    }

    /** Closes all listeners; sessions go on. Waits until that is done. */
    public void closeAll() {
        endAll(() -> endNow(RunningService::close));
    }

    /** Leaves the open ports to the next dispatcher, who may take that long; sessions go on. Waits until that is done. */
    public void handOnAll(Duration atMost) {
        endAll(() -> {
            left = new TreeMap<>(services);
            endNow(service -> service.handOn(atMost));
        });
        // Clients that wait for a service are kept for the next dispatcher as well.
        around.settling().changed();
    }

    /** An operator who does not want to wait may interrupt what comes later: a port that stays open now does so for good. */
    private void endAll(Runnable end) {
        Future<?> ended = around.dispatcher().submit(end);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PUBLISH_SECONDS);
        boolean interrupted = false;
        while (!ended.isDone() && System.nanoTime() - deadline < 0) {
            try {
                ended.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException later) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException failed) {
                around.log().error("cannot close all listeners", failed);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void endNow(Consumer<RunningService> end) {
        over = true;
        for (RunningService service : services.values()) {
            if (!ends(service, end)) {
                ends(service, RunningService::close);
            }
        }
        services.clear();
    }

    /** One that fails keeps no other open. */
    private boolean ends(RunningService service, Consumer<RunningService> end) {
        try {
            end.accept(service);
            return true;
        } catch (RuntimeException | LinkageError broken) {
            around.log().error("{}: cannot be ended as it should", service.entry().id(), broken);
            return false;
        }
    }

    /** Closes what {@link #handOnAll} or {@link #closeAll} did not reach in time. When the dispatcher thread has ended. */
    public void closeLeft() {
        endNow(RunningService::close);
    }

    /**
     * Runs a verb on one entry, on the dispatcher thread, and waits until what it returns has completed: the entry then is
     * in the state that the verb brought about.
     */
    public void change(RunningService service, Function<RunningService, CompletionStage<?>> verb) {
        try {
            call(() -> verb.apply(service)).toCompletableFuture().get(PUBLISH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException slow) {
            throw new IllegalStateException("'" + service.entry().id() + "' is not changed within " + PUBLISH_SECONDS
                    + " s; the change goes on", slow);
        } catch (ExecutionException failed) {
            String why = "could not change '" + service.entry().id() + "': " + failed.getCause();
            throw new IllegalStateException(why, failed);
        }
    }
}
