package org.switchboard.shell.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.FailedProviderDTO;
import org.switchboard.api.runtime.ListenerDTO;
import org.switchboard.api.runtime.NoSuchServiceException;
import org.switchboard.api.runtime.ProviderDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SessionDTO;
import org.switchboard.api.runtime.SuperServer;

/** A server whose services and sessions a test makes up. */
public final class FakeServer implements SuperServer {

    /** When its sessions began. */
    public static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    final List<ServiceDTO> services = new ArrayList<>();
    final List<SessionDTO> sessions = new ArrayList<>();
    final List<String> killed = new ArrayList<>();
    /** The numbers of sessions that ignore their end. */
    final Set<Long> deaf = new HashSet<>();
    final List<FailedProviderDTO> failed = new ArrayList<>();
    ReloadReport next = ReloadReport.EMPTY;
    private EntryState resumed = EntryState.LISTENING;

    /** A listening service on a port of 127.0.0.1. */
    public static ServiceDTO service(String id, int port) {
        ServiceDTO service = new ServiceDTO();
        service.id = id;
        service.name = id.replaceFirst("/.*", "");
        service.protocol = id.replaceFirst("[^/]*/([a-z0-9]*).*", "$1");
        service.address = "127.0.0.1";
        service.port = port;
        service.mode = "nowait";
        service.user = "-";
        service.provider = service.name;
        service.arguments = List.of();
        service.options = Map.of();
        service.origin = "inetd.conf:" + (port - 7000);
        service.state = EntryState.LISTENING;
        service.reason = "";
        service.listeners = List.of(listener("127.0.0.1:" + port, "open"));
        service.resumesAt = Instant.MAX;
        service.notes = List.of();
        return service;
    }

    public static ListenerDTO listener(String endpoint, String state) {
        ListenerDTO listener = new ListenerDTO();
        listener.endpoint = endpoint;
        listener.state = state;
        return listener;
    }

    public static SessionDTO session(long number, String service) {
        SessionDTO session = new SessionDTO();
        session.number = number;
        session.service = service;
        session.remote = "192.0.2.7:4711";
        session.local = "192.0.2.1:7007";
        session.started = START;
        session.instance = "pid=4711";
        return session;
    }

    FakeServer with(ServiceDTO service) {
        services.add(service);
        services.sort(Comparator.comparing(dto -> dto.id));
        return this;
    }

    /** Services are in that state when they have been resumed. */
    FakeServer resumesTo(EntryState state) {
        resumed = state;
        return this;
    }

    @Override
    public List<ServiceDTO> services() {
        return services;
    }

    @Override
    public ServiceDTO service(String id) throws NoSuchServiceException {
        List<ServiceDTO> found = services.stream().filter(service -> service.id.startsWith(id)).toList();
        if (found.size() != 1) {
            throw new NoSuchServiceException(found.isEmpty() ? "no service begins with '" + id + "'"
                    : "'" + id + "' may be any of " + String.join(", ", found.stream().map(service -> service.id).toList()));
        }
        return found.get(0);
    }

    @Override
    public List<SessionDTO> sessions() {
        return sessions;
    }

    @Override
    public List<SessionDTO> sessions(String sessionOrId) throws NoSuchServiceException {
        String number = sessionOrId.replaceFirst("^#", "");
        List<SessionDTO> found = sessions.stream().filter(session -> Long.toString(session.number).equals(number)
                || session.service.startsWith(sessionOrId)).toList();
        if (found.isEmpty()) {
            throw new NoSuchServiceException("no session and no service is meant by '" + sessionOrId + "'");
        }
        return found;
    }

    @Override
    public List<ProviderDTO> providers() {
        ProviderDTO provider = new ProviderDTO();
        provider.name = "echo";
        provider.kinds = List.of("channel", "datagram");
        provider.bundle = "org.switchboard.provider.echo 0.1.0";
        provider.active = true;
        return List.of(provider);
    }

    @Override
    public ReloadReport reload() {
        return next;
    }

    @Override
    public void suspend(String id) throws NoSuchServiceException {
        service(id).state = EntryState.SUSPENDED;
    }

    @Override
    public void resume(String id) throws NoSuchServiceException {
        service(id).state = resumed;
    }

    @Override
    public List<FailedProviderDTO> failedProviders() {
        return failed;
    }

    @Override
    public int kill(String sessionOrId) throws NoSuchServiceException {
        killed.add(sessionOrId);
        return end(sessionOrId);
    }

    @Override
    public int end(String sessionOrId) throws NoSuchServiceException {
        List<SessionDTO> told = sessions(sessionOrId);
        sessions.removeIf(session -> told.contains(session) && !deaf.contains(session.number));
        return told.size();
    }

    static Finding error(String message) {
        return Finding.error(new Origin("inetd.conf", 3), message);
    }

    static Finding warning(String message) {
        return Finding.warning(new Origin("inetd.conf", 4), message);
    }
}
