package org.switchboard.shell.internal.print;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.runtime.DeployedDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SessionDTO;
import org.switchboard.posix.SystemText;
import org.switchboard.shell.internal.verbs.Checked;
import org.switchboard.shell.internal.verbs.Converted;
import org.switchboard.shell.internal.verbs.Invitation;
import org.switchboard.shell.internal.verbs.Listing;
import org.switchboard.shell.internal.verbs.Registrations;
import org.switchboard.shell.internal.verbs.Reloaded;

/** The values of the commands as text for a terminal, without a newline at the end. */
public final class Printer {

    private final Lists lists;
    private final Pages pages;

    public Printer(InstantSource clock) {
        this.lists = new Lists(clock);
        this.pages = new Pages(clock);
    }

    /** All there is to say; empty if the value is none of ours. Bytes that are not UTF-8 are shown, but for a converted file. */
    public Optional<String> inFull(Object value) {
        return value instanceof Converted converted ? Optional.of(converted.text()) : page(value).map(SystemText::show);
    }

    private Optional<String> page(Object value) {
        if (value instanceof ServiceDTO service) {
            return Optional.of(pages.service(service));
        }
        if (value instanceof ReloadReport report) {
            return Optional.of(pages.report(report));
        }
        if (value instanceof Reloaded reloaded) {
            return page(reloaded.report());
        }
        if (value instanceof Invitation invitation) {
            return Optional.of(Trials.text(invitation.services()));
        }
        if (value instanceof Checked checked) {
            return Optional.of(pages.checked(checked));
        }
        return line(value);
    }

    /** As it stands in a row of others, a list as its table; empty if the value is none of ours, or has only a long form. */
    public Optional<String> inALine(Object value) {
        return line(value).map(SystemText::show);
    }

    private Optional<String> line(Object value) {
        if (value instanceof Listing<?> listing) {
            return Optional.of(table(listing));
        }
        if (value instanceof Registrations registrations) {
            return Optional.of(lists.providers(registrations.providers(), registrations.columns())
                    + lists.failed(registrations.failed(), registrations.columns()));
        }
        if (value instanceof ServiceDTO service) {
            return Optional.of(Table.plain(service.id));
        }
        return value instanceof ReloadReport report ? Optional.of(report.summary()) : Optional.empty();
    }

    private String table(Listing<?> listing) {
        if (listing.type() == ServiceDTO.class) {
            return table(listing, ServiceDTO.class, lists::services);
        }
        if (listing.type() == DeployedDTO.class) {
            return table(listing, DeployedDTO.class, Lists::deployed);
        }
        if (listing.type() == SessionDTO.class) {
            return table(listing, SessionDTO.class, lists::sessions);
        }
        return table(listing, PortStatus.class, lists::ports);
    }

    private static <T> String table(Listing<?> listing, Class<T> type, BiFunction<List<T>, Integer, String> printer) {
        return printer.apply(listing.stream().map(type::cast).toList(), listing.columns());
    }
}
