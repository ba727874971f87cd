package org.switchboard.shell.internal.print;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.runtime.DeployedDTO;
import org.switchboard.api.runtime.FailedProviderDTO;
import org.switchboard.api.runtime.ListenerDTO;
import org.switchboard.api.runtime.ProviderDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SessionDTO;
import org.switchboard.shell.internal.verbs.Program;

/** What is listed, as tables; one sentence where there is nothing. */
final class Lists {

    private static final String NOTHING = "-";

    private final InstantSource clock;

    Lists(InstantSource clock) {
        this.clock = clock;
    }

    String services(List<ServiceDTO> services, int columns) {
        Table table = new Table(columns, "ID", "STATE", "LISTENS ON", "SERVED BY", "SESSIONS", "STARTS", "REASON");
        for (ServiceDTO service : services) {
            table.row(service.id, service.state, endpoints(service),
                    Program.servedBy(service.provider, service.arguments), service.sessions, service.starts,
                    service.reason);
        }
        return services.isEmpty() ? "no services" : table.toString();
    }

    String sessions(List<SessionDTO> sessions, int columns) {
        Table table = new Table(columns, "SESSION", "SERVICE", "FROM", "TO", "SERVED BY", "FOR");
        for (SessionDTO session : sessions) {
            table.row(session.number, session.service, session.remote, session.local, session.instance,
                    age(session.started) + (session.draining ? " (ending)" : ""));
        }
        return sessions.isEmpty() ? "no sessions" : table.toString();
    }

    String ports(List<PortStatus> ports, int columns) {
        Table table = new Table(columns, "NAME", "PORT", "PROTOCOL", "ADDRESS", "OWNER", "STATE");
        for (PortStatus port : ports) {
            table.row(port.name(), port.port(), port.protocol(), port.address(), port.owner(), port.state());
        }
        return ports.isEmpty() ? "no ports" : table.toString();
    }

    String providers(List<ProviderDTO> providers, int columns) {
        Table table = new Table(columns, "NAME", "KINDS", "BUNDLE", "RANKING", "SESSIONS", "STARTS", "FAILURES", "STATE");
        for (ProviderDTO provider : providers) {
            table.row(provider.name, String.join(" ", provider.kinds), provider.bundle, provider.ranking, provider.sessions,
                    provider.starts, provider.failures, state(provider));
        }
        return providers.isEmpty() ? "no providers" : table.toString();
    }

    static String deployed(List<DeployedDTO> files, int columns) {
        Table table = new Table(columns, "FILE", "BUNDLE", "STATE", "PROBLEM");
        for (DeployedDTO file : files) {
            table.row(file.file, file.bundle.isEmpty() ? NOTHING : file.bundle, file.state.isEmpty() ? NOTHING : file.state,
                    file.problem);
        }
        return files.isEmpty() ? "nothing is deployed" : table.toString();
    }

    /** A table of what is wrong, below the others; nothing where nothing is. */
    String failed(List<FailedProviderDTO> failed, int columns) {
        Table table = new Table(columns, "NOT AS ASKED", "SERVICE", "BUNDLE", "WHY", "DETAIL");
        for (FailedProviderDTO provider : failed) {
            table.row(provider.name.isEmpty() ? NOTHING : provider.name, provider.serviceId, provider.bundle, provider.reason,
                    provider.detail);
        }
        return failed.isEmpty() ? "" : "\n\n" + table;
    }

    /** The entries of a configuration, as written. */
    String entries(List<ServiceEntry> entries) {
        Table table = new Table(Table.UNLIMITED, "ID", "MODE", "USER", "SERVED BY", "ORIGIN");
        for (ServiceEntry entry : entries) {
            table.row(entry.id(), entry.mode().name().toLowerCase(Locale.ROOT), entry.identity(),
                    Program.servedBy(entry.provider(), entry.arguments()), entry.origin());
        }
        return entries.isEmpty() ? "no entries" : table.toString();
    }

    /** How long ago: {@code 12s}, {@code 3m05s}, {@code 2h07m}, {@code 4d13h}. */
    String age(Instant since) {
        Duration age = Duration.between(since, clock.instant());
        if (age.isNegative()) {
            age = Duration.ZERO;
        }
        return span(age);
    }

    static String span(Duration time) {
        if (time.toMinutes() < 1) {
            return time.toSeconds() + "s";
        }
        if (time.toHours() < 1) {
            return String.format("%dm%02ds", time.toMinutes(), time.toSecondsPart());
        }
        if (time.toDays() < 1) {
            return String.format("%dh%02dm", time.toHours(), time.toMinutesPart());
        }
        return String.format("%dd%02dh", time.toDays(), time.toHoursPart());
    }

    private static String endpoints(ServiceDTO service) {
        return service.listeners.isEmpty() ? NOTHING : service.listeners.stream().map(Lists::endpoint).collect(Collectors.joining(" "));
    }

    private static String endpoint(ListenerDTO listener) {
        return listener.state.equals("open") ? listener.endpoint : listener.endpoint + " (" + listener.state + ")";
    }

    private static String state(ProviderDTO provider) {
        if (!provider.active) {
            return "stands behind another";
        }
        return provider.inUse ? "in use" : "idle";
    }
}
