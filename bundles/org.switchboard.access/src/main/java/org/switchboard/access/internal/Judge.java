package org.switchboard.access.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.service.log.Logger;
import org.switchboard.access.internal.option.Commands;
import org.switchboard.access.internal.option.DeniedException;
import org.switchboard.access.internal.option.OptionRun;
import org.switchboard.access.internal.option.Outcome;
import org.switchboard.access.internal.option.Outcome.Decision;
import org.switchboard.access.internal.option.Severity;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.table.HostsLine;
import org.switchboard.access.internal.table.HostsTable;
import org.switchboard.access.internal.table.HostsTable.Match;
import org.switchboard.access.internal.table.Reread;
import org.switchboard.access.internal.table.UnreadableFileException;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.SocketType;

/**
 * Decides: a match in hosts.allow admits; otherwise a match in hosts.deny refuses; otherwise the client is admitted.
 * Options of the line may say otherwise. No failure admits: a file that cannot be read refuses, and so does a line that
 * would refuse if it matches and of which that cannot be said.
 *
 * <p>Source: hosts_access(5), ACCESS CONTROL FILES.
 */
final class Judge {

    private static final Verdict REFUSED = Verdict.refuse(DaemonName.OPTION);

    private final Reread<HostsTable> allow;
    private final Reread<HostsTable> deny;
    private final Commands commands;
    private final AuthLog decisions;
    private final Logger log;
    private final CountedWarnings undecided;

    Judge(Reread<HostsTable> allow, Reread<HostsTable> deny, Commands commands, AuthLog decisions, Logger log) {
        this.allow = allow;
        this.deny = deny;
        this.commands = commands;
        this.decisions = decisions;
        this.log = log;
        this.undecided = new CountedWarnings(log);
    }

    /** What is wrong with the files now. */
    List<Finding> findings() {
        return Stream.of(allow, deny).flatMap(file -> findings(file).stream()).toList();
    }

    private static List<Finding> findings(Reread<HostsTable> file) {
        try {
            return file.lately().findings();
        } catch (UnreadableFileException unreadable) {
            return List.of(Finding.error(new Origin(file.path().toString(), 0),
                    unreadable.reason() + "; all clients are refused"));
        }
    }

    /** An unreadable hosts.allow refuses like an unreadable hosts.deny: it may have lines that deny. */
    Verdict judge(Request request, Visit visit) throws InterruptedException {
        try {
            Optional<Verdict> verdict = consult(allow, true, request, visit);
            if (verdict.isEmpty()) {
                verdict = consult(deny, false, request, visit);
            }
            if (verdict.isPresent()) {
                return verdict.get();
            }
        } catch (UnreadableFileException unreadable) {
            // The log has been told when the file became unreadable, and is told how often that mattered.
            decisions.refused(request, visit.entry(), Optional.empty());
            return REFUSED;
        }
        decisions.admitted(request, visit.entry(), Optional.empty());
        return Verdict.admit();
    }

    /** What a file says; empty if nothing. */
    private Optional<Verdict> consult(Reread<HostsTable> file, boolean admits, Request request, Visit visit)
            throws InterruptedException, UnreadableFileException {
        Optional<Match> match = file.now().find(request, admits);
        if (match.isEmpty()) {
            return Optional.empty();
        }
        HostsLine line = match.get().line();
        if (match.get().undecided().isPresent()) {
            undecided.warn(Finding.warning(line.origin(), match.get().undecided().get() + "; connection refused")
                    .toString());
            decisions.refused(request, visit.entry(), Optional.empty());
            return Optional.of(REFUSED);
        }
        return follow(line, admits, request, visit);
    }

    private Optional<Verdict> follow(HostsLine line, boolean lets, Request request, Visit visit) throws InterruptedException {
        Consumer<String> complaints = text -> log.warn("{}", Finding.warning(line.origin(), text));
        OptionRun options = new OptionRun(request, visit, commands, complaints);
        try {
            Outcome outcome = options.run(line.options());
            if (outcome.twist().isPresent()) {
                return Optional.of(twist(outcome.twist().get(), line, options, request, visit));
            }
            return switch (outcome.decision()) {
                case NOBODY -> Optional.empty();
                case FILE -> Optional.of(verdict(lets, options, request, visit));
                case ALLOW, DENY -> Optional.of(verdict(outcome.decision() == Decision.ALLOW, options, request, visit));
            };
        } catch (DeniedException impossible) {
            // What can be known from the text alone was told when the file was read.
            if (!line.options().failure().equals(Optional.of(impossible.getMessage()))) {
                log.error("{}", Finding.error(line.origin(), impossible.getMessage() + "; connection refused"));
            }
            return Optional.of(verdict(false, options, request, visit));
        }
    }

    private Verdict verdict(boolean admitted, OptionRun options, Request request, Visit visit) {
        Optional<Severity> severity = options.arrangement().severity();
        if (!admitted) {
            decisions.refused(request, visit.entry(), severity);
            return REFUSED;
        }
        decisions.admitted(request, visit.entry(), severity);
        if (!options.arrangement().entry(visit.entry()).equals(visit.entry())) {
            visit.serveAs(options.arrangement().entry(visit.entry()));
        }
        return Verdict.admit();
    }

    private Verdict twist(String command, HostsLine line, OptionRun options, Request request, Visit visit) {
        if (visit.entry().socketType() != SocketType.STREAM) {
            log.error("{}", Finding.error(line.origin(), "there is no connection that a command could be given; datagram refused"));
            return verdict(false, options, request, visit);
        }
        decisions.twisted(request, command, options.arrangement().severity());
        visit.serveAs(options.arrangement().twisted(visit.entry(), command));
        return Verdict.admit();
    }
}
