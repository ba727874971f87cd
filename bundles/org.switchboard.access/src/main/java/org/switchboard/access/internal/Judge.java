package org.switchboard.access.internal;

import java.util.Optional;
import java.util.function.Consumer;
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
import org.switchboard.access.internal.table.Reread;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.SocketType;

/**
 * Decides: the first line of the one file that matches lets in, the first of the other keeps out, and whom no line matches is let
 * in. Options of the line may say otherwise.
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

    Judge(Reread<HostsTable> allow, Reread<HostsTable> deny, Commands commands, AuthLog decisions, Logger log) {
        this.allow = allow;
        this.deny = deny;
        this.commands = commands;
        this.decisions = decisions;
        this.log = log;
    }

    /** Reads the files, so that what is wrong with them is told before the first client comes. */
    void prepare() {
        allow.now();
        deny.now();
    }

    Verdict judge(Request request, Visit visit) throws InterruptedException {
        Optional<Verdict> verdict = consult(allow, true, request, visit);
        if (verdict.isEmpty()) {
            verdict = consult(deny, false, request, visit);
        }
        if (verdict.isPresent()) {
            return verdict.get();
        }
        decisions.admitted(request, visit.entry(), Optional.empty());
        return Verdict.admit();
    }

    /** What a file says; empty if nothing. */
    private Optional<Verdict> consult(Reread<HostsTable> file, boolean lets, Request request, Visit visit)
            throws InterruptedException {
        Optional<HostsLine> line = file.now().find(request);
        return line.isEmpty() ? Optional.empty() : follow(line.get(), lets, request, visit);
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
