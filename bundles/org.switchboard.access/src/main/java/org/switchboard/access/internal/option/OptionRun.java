package org.switchboard.access.internal.option;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchboard.access.internal.option.Outcome.Decision;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.UserNames;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.Identity;

/** Does the options of a line for one client. For one thread. Source: hosts_options(5), Debian. */
public final class OptionRun {

    private static final int DEFAULT_NICE = 10;
    private static final int OCTAL = 8;

    private final Request request;
    private final Visit visit;
    private final Commands commands;
    private final Consumer<String> complaints;
    private final Expansion expansion;
    private final Arrangement arrangement = new Arrangement();
    private boolean decides = true;

    /** @param complaints gets what went wrong without an effect on the decision */
    public OptionRun(Request request, Visit visit, Commands commands, Consumer<String> complaints) {
        this.request = request;
        this.visit = visit;
        this.commands = commands;
        this.complaints = complaints;
        this.expansion = new Expansion(request, complaints);
    }

    public Arrangement arrangement() {
        return arrangement;
    }

    /** @throws DeniedException if an option cannot be done */
    public Outcome run(OptionList list) throws DeniedException, InterruptedException {
        for (Option option : list.options()) {
            String value = option.kind().isExpanded() ? expansion.expand(option.value()).strip() : option.value();
            switch (option.kind()) {
                case ALLOW:
                    return Outcome.of(Decision.ALLOW);
                case DENY:
                    return Outcome.of(Decision.DENY);
                case TWIST:
                    return Outcome.twist(value);
                default:
                    run(option.kind(), value);
            }
        }
        if (list.failure().isPresent()) {
            throw new DeniedException(list.failure().get());
        }
        return Outcome.of(decides ? Decision.FILE : Decision.NOBODY);
    }

    private void run(OptionKind kind, String value) throws DeniedException, InterruptedException {
        switch (kind) {
            case USER -> become(user(value));
            case GROUP -> become(new Identity(arrangement.identity().user(), Optional.of(value)));
            case UMASK -> arrangement.umask(Integer.parseInt(value, OCTAL));
            case NICE -> arrangement.nicer(value.isEmpty() ? DEFAULT_NICE : Integer.parseInt(value));
            case SETENV -> setenv(value);
            case SEVERITY -> Severity.parse(value).ifPresent(arrangement::log);
            case RFC931 -> request.user(value.isEmpty() ? UserNames.PATIENCE : Duration.ofSeconds(Long.parseLong(value)));
            case KEEPALIVE -> visit.keepAlive();
            case LINGER -> visit.linger(Integer.parseInt(value));
            case BANNERS -> banner(value);
            case SPAWN -> command(value);
            case ACLEXEC -> decides &= command(value) == 0;
            case TWIST, ALLOW, DENY -> throw new IllegalStateException(kind + " ends the list");
        }
    }

    /** {@code user}, or {@code user.group}. */
    private static Identity user(String value) {
        Identity whole = new Identity(value, Optional.empty());
        return whole.splitAtDot().orElse(whole);
    }

    private void become(Identity who) throws DeniedException {
        try {
            commands.check(who);
            arrangement.become(who);
        } catch (IOException impossible) {
            throw new DeniedException(impossible.getMessage());
        }
    }

    private void setenv(String value) throws DeniedException {
        String[] words = value.split("[ \t]+", 2);
        if (words[0].indexOf('=') >= 0) {
            throw new DeniedException("bad variable name: \"" + words[0] + "\"");
        }
        arrangement.set(words[0], words.length > 1 ? words[1].strip() : "");
    }

    private void banner(String folder) throws DeniedException, InterruptedException {
        try {
            Optional<byte[]> banner = Banner.read(folder, request.daemon(), expansion);
            if (banner.isPresent()) {
                visit.send(banner.get());
            }
        } catch (IOException unsent) {
            complaints.accept("banners " + folder + ": " + unsent.getMessage());
        }
    }

    private int command(String value) throws DeniedException, InterruptedException {
        try {
            return commands.run(value, arrangement, visit.deadline());
        } catch (IOException failed) {
            throw new DeniedException(failed.getMessage());
        }
    }
}
