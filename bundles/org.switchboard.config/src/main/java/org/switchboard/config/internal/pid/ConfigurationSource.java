package org.switchboard.config.internal.pid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.Constants;
import org.osgi.service.log.Logger;
import org.switchboard.api.config.EntrySource;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * All configurations as one source of entries. Changes are published by the executor, so that whoever changes several
 * configurations waits for none of them, and several changes at once are published together.
 */
final class ConfigurationSource implements EntrySource {

    static final String NAME = "configurations";

    private final Executor executor;
    private final Logger log;

    /** Guards what follows, and serialises publications. */
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Configured> configured = new HashMap<>();
    private Optional<ServiceTable> table = Optional.empty();
    private boolean dirty;
    private boolean closed;

    /** Higher ranking first, then by name: what decides when two configurations define one service. */
    private record Configured(String pid, int ranking, Reading reading) {
        static final Comparator<Configured> PRECEDENCE = Comparator.comparingInt((Configured one) -> -one.ranking)
                .thenComparing(Configured::pid);
    }

    ConfigurationSource(Executor executor, Logger log) {
        this.executor = executor;
        this.log = log;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Reads a configuration that came or changed. What is wrong with it is logged at once. */
    void put(String pid, Map<String, ?> properties) {
        Reading reading = EntryReader.read(pid, properties);
        reading.parsed().findings().forEach(this::log);
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
        change(() -> configured.put(pid, new Configured(pid, ranking, reading)));
    }

    void remove(String pid) {
        change(() -> configured.remove(pid));
    }

    void table(ServiceTable added) {
        change(() -> table = Optional.of(added));
    }

    void tableGone(ServiceTable gone) {
        lock.lock();
        try {
            table = table.filter(present -> present != gone);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            dirty = true;
        } finally {
            lock.unlock();
        }
        executor.execute(this::publishChanges);
    }

    private void publishChanges() {
        lock.lock();
        try {
            if (dirty && !closed) {
                publish();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The findings of all configurations again, since whoever asks wants to know what is wrong now. */
    @Override
    public ReloadReport reload() {
        lock.lock();
        try {
            List<Finding> findings = new ArrayList<>();
            configured.values().stream().sorted(Configured.PRECEDENCE)
                    .forEach(one -> findings.addAll(one.reading().parsed().findings()));
            return publish().after(findings);
        } finally {
            lock.unlock();
        }
    }

    /** Ends. Entries whose configurations are still there stay until a newer version of this has read them, or for a while. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (configured.isEmpty()) {
                table.ifPresent(present -> {
                    present.reject(NAME, List.of());
                    present.publish(NAME, List.of());
                });
            } else {
                table.ifPresent(present -> present.leave(NAME));
            }
            table = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** What the table finds it logs itself. */
    private ReloadReport publish() {
        if (table.isEmpty()) {
            return ReloadReport.EMPTY;
        }
        dirty = false;
        List<Finding> doubles = new ArrayList<>();
        List<RejectedEntry> rejected = configured.values().stream().sorted(Configured.PRECEDENCE)
                .flatMap(one -> one.reading().rejected().stream()).toList();
        table.get().reject(NAME, rejected);
        table.get().warn(NAME, configured.values().stream().flatMap(one -> one.reading().parsed().findings().stream()).toList());
        ReloadReport report = table.get().publish(NAME, entries(doubles)).after(doubles)
                .plus(new ReloadReport(0, 0, 0, 0, rejected.size(), List.of()));
        doubles.forEach(this::log);
        log.info("{}: {}", NAME, report.summary());
        return report;
    }

    private List<ServiceEntry> entries(List<Finding> doubles) {
        Map<String, ServiceEntry> entries = new LinkedHashMap<>();
        configured.values().stream().sorted(Configured.PRECEDENCE).flatMap(one -> one.reading().parsed().entries().stream())
                .forEach(entry -> {
                    ServiceEntry first = entries.putIfAbsent(entry.id(), entry);
                    if (first != null) {
                        doubles.add(Finding.warning(entry.origin(), "'" + entry.id() + "' is defined by " + first.origin()
                                + " too, which comes first; service skipped"));
                    }
                });
        return List.copyOf(entries.values());
    }

    private void log(Finding finding) {
        if (finding.severity() == Finding.Severity.ERROR) {
            log.error("{}", finding);
        } else {
            log.warn("{}", finding);
        }
    }
}
