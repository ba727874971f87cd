package org.switchboard.config.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.log.Logger;
import org.switchboard.api.config.ConfigurationCheck;
import org.switchboard.api.config.ConfigurationConversion;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.EntryExaminer;
import org.switchboard.api.config.EntrySource;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.posix.SystemText;

/**
 * The configured files as one source of entries. They are read first when both a service table and the dialect are there,
 * and then when somebody asks; a table that comes later gets what was read before.
 */
final class FileSource implements EntrySource, ConfigurationCheck, ConfigurationConversion {

    static final String NAME = "files";

    private final boolean pipes;
    private final Logger log;
    private final Dialects dialects = new Dialects();
    private volatile Optional<EntryExaminer> examiner = Optional.empty();
    private volatile Settings settings;

    /** Guards what follows, and serialises publications. */
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<ServiceTable> table = Optional.empty();
    private Snapshot current = Snapshot.EMPTY;
    private boolean loaded;

    FileSource(Settings settings, Logger log) {
        this(settings, false, log);
    }

    /** @param pipes whether pipes are checked and converted as well, which may wait for their writers */
    FileSource(Settings settings, boolean pipes, Logger log) {
        this.pipes = pipes;
        this.settings = settings;
        this.log = log;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ReloadReport reload() {
        lock.lock();
        try {
            return load();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Result check(List<Path> files, Optional<String> dialect) {
        Settings now = settings;
        List<Path> operands = files.isEmpty() ? now.operands() : files;
        if (operands.isEmpty()) {
            return new Result(true, List.of(), List.of(Finding.warning(new Origin(NAME, 0),
                    "no file is configured; there is nothing to check")));
        }
        FileReading reading = new FileReading(now.in(dialect.or(now::told), now.defaults()), dialects, Snapshot.EMPTY, pipes);
        Snapshot snapshot = reading.read(operands);
        List<Finding> findings = new ArrayList<>(snapshot.findings());
        findings.addAll(examine(snapshot.entries()));
        List<String> order = findings.stream().map(finding -> finding.origin().source()).distinct().toList();
        findings.sort(Comparator.comparingInt((Finding finding) -> order.indexOf(finding.origin().source()))
                .thenComparingInt(finding -> finding.origin().line()));
        return new Result(snapshot.readable(), snapshot.entries(), findings, reading.dialectsOfFiles());
    }

    @Override
    public Converted convert(Path file, Optional<String> dialect, String form) {
        TextFile content;
        try {
            content = pipes ? TextFile.readAny(file) : TextFile.read(file);
        } catch (IOException e) {
            return unconverted(file, "the file " + e.getMessage());
        }
        ChosenDialect chosen = ChosenDialect.of(file, content.text(), dialect.or(settings::told));
        String name = chosen.name();
        Optional<Dialect> source = dialects.find(name);
        Optional<Dialect> target = dialects.find(Settings.DIALECT);
        if (source.isEmpty() || target.isEmpty()) {
            return unconverted(file, "there is no dialect '" + (source.isEmpty() ? name : Settings.DIALECT) + "'");
        }
        ServiceEntry probe = ServiceEntry.builder("probe", Protocol.TCP, new Origin(NAME, 0)).build();
        if (target.get().write(probe, form).isEmpty()) {
            return unconverted(file, "entries cannot be written in the form '" + form + "'");
        }
        return new Conversion(source.get(), target.get(), form, SystemText.text(file), content.text(), chosen).convert();
    }

    private static Converted unconverted(Path file, String why) {
        return new Converted(false, "", List.of(Finding.error(new Origin(SystemText.text(file), 0), why + "; not converted")));
    }

    /** Other files from now on; read at once if any were read before. */
    void settings(Settings changed) {
        lock.lock();
        try {
            settings = changed;
            if (loaded) {
                load();
            } else {
                loadWhenReady();
            }
        } finally {
            lock.unlock();
        }
    }

    void examiner(EntryExaminer added) {
        examiner = Optional.of(added);
    }

    void examinerGone(EntryExaminer gone) {
        examiner = examiner.filter(present -> present != gone);
    }

    void addDialect(String name, Dialect dialect) {
        dialects.add(name, dialect);
        lock.lock();
        try {
            if (current.missing().contains(name)) {
                load();
            } else {
                loadWhenReady();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was read in it stays. */
    void removeDialect(Dialect dialect) {
        dialects.remove(dialect);
    }

    void table(ServiceTable added) {
        lock.lock();
        try {
            table = Optional.of(added);
            if (loaded) {
                publish();
            } else {
                loadWhenReady();
            }
        } finally {
            lock.unlock();
        }
    }

    void tableGone(ServiceTable gone) {
        lock.lock();
        try {
            table = table.filter(present -> present != gone);
        } finally {
            lock.unlock();
        }
    }

    /** Ends; the entries stay until a newer version of this has read the files, or for a while. */
    void close() {
        lock.lock();
        try {
            table.ifPresent(present -> present.leave(NAME));
            table = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void loadWhenReady() {
        if (!loaded && table.isPresent() && !settings.operands().isEmpty() && dialects.find(settings.dialect()).isPresent()) {
            load();
        }
    }

    private ReloadReport load() {
        FileReading reading = new FileReading(settings, dialects, current, false);
        Snapshot read = reading.read(settings.operands());
        List<Finding> findings = new ArrayList<>(read.findings());
        if (settings.strict() && refused(read, findings)) {
            findings.add(Finding.error(new Origin(NAME, 0), "there are errors and 'strict' is set; "
                    + "keeping the previous configuration"));
            findings.forEach(this::log);
            return new ReloadReport(0, current.entries().size(), 0, 0, 0, findings);
        }
        findings.forEach(this::log);
        reading.dialectsOfFiles().forEach(file -> log.info("{}: read in the dialect '{}', {}", SystemText.show(file.source()),
                file.dialect(), file.reason()));
        loaded = true;
        current = read;
        return publish().after(findings);
    }

    /** What the table finds it logs itself. */
    private ReloadReport publish() {
        table.ifPresent(present -> present.warn(NAME, current.findings()));
        ReloadReport report = table.map(present -> present.publish(NAME, current.entries())).orElse(ReloadReport.EMPTY);
        log.info("{}: {}", NAME, report.summary());
        return report;
    }

    /** With {@code strict} the table's objections count too, and have to be known before anything is published. */
    private boolean refused(Snapshot read, List<Finding> findings) {
        if (!read.hasErrors()) {
            examine(read.entries()).stream().filter(finding -> finding.severity() == Finding.Severity.ERROR)
                    .forEach(findings::add);
        }
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    private List<Finding> examine(List<ServiceEntry> entries) {
        return examiner.map(present -> present.examine(entries)).orElse(List.of());
    }

    private void log(Finding finding) {
        if (finding.severity() == Finding.Severity.ERROR) {
            log.error("{}", finding);
        } else {
            log.warn("{}", finding);
        }
    }
}
