package org.switchboard.dispatcher.internal.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchboard.api.config.EntrySource;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.entry.Suggestion;
import org.switchboard.api.runtime.FailedProviderDTO;
import org.switchboard.api.runtime.NoSuchServiceException;
import org.switchboard.api.runtime.ProviderDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SessionDTO;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.service.RunningService;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.dispatcher.internal.session.SessionRegistry;
import org.switchboard.dispatcher.internal.table.Reconciler;

/** Lists what runs, and passes on the verbs. */
public final class RuntimeView implements SuperServer {

    private static final Pattern SESSION_NUMBER = Pattern.compile("#?([0-9]{1,18})");
    /** How long a caller who ends sessions waits for their end: a program may ignore SIGTERM. */
    private static final Duration END_WAIT = Duration.ofSeconds(2);

    private final Reconciler reconciler;
    private final SessionRegistry sessions;
    private final ProviderList providers;
    private final Supplier<List<EntrySource>> sources;

    public RuntimeView(Reconciler reconciler, SessionRegistry sessions, ProviderDirectory directory,
            Supplier<List<EntrySource>> sources) {
        this.reconciler = reconciler;
        this.sessions = sessions;
        this.providers = new ProviderList(directory);
        this.sources = sources;
    }

    @Override
    public List<ServiceDTO> services() {
        NavigableMap<String, RunningService> running = reconciler.services();
        return Stream.concat(running.values().stream().map(this::describe), rejected(running))
                .sorted(Comparator.comparing(service -> service.id)).toList();
    }

    @Override
    public ServiceDTO service(String id) throws NoSuchServiceException {
        NavigableMap<String, RunningService> running = reconciler.services();
        List<ServiceDTO> rejected = running.containsKey(id) ? List.of() : rejected(running)
                .filter(service -> service.id.startsWith(id)).toList();
        List<ServiceDTO> exact = rejected.stream().filter(service -> service.id.equals(id)).toList();
        boolean sole = rejected.size() == 1 && !running.tailMap(id, true).keySet().stream().findFirst().orElse("").startsWith(id);
        if (exact.isEmpty() && !sole) {
            return describe(find(id));
        }
        return exact.isEmpty() ? rejected.get(0) : exact.get(0);
    }

    private ServiceDTO describe(RunningService service) {
        ServiceDTO dto = service.describe();
        dto.notes = Stream.of(dto.notes, reconciler.warnings().of(service.entry().origin()), reconciler.rejected().notes(dto.id))
                .flatMap(List::stream).toList();
        return dto;
    }

    /** Those whose id is nobody else's; what runs has the others as a note. */
    private Stream<ServiceDTO> rejected(NavigableMap<String, RunningService> running) {
        return reconciler.rejected().services().stream().filter(service -> !running.containsKey(service.id));
    }

    /** What services are called: ids, and names alone. */
    private static List<String> names(Collection<RunningService> services) {
        return services.stream().map(RunningService::entry).flatMap(entry -> Stream.of(entry.id(), entry.name())).toList();
    }

    private RunningService find(String id) throws NoSuchServiceException {
        NavigableMap<String, RunningService> services = reconciler.services();
        RunningService exact = services.get(id);
        if (exact != null) {
            return exact;
        }
        List<Map.Entry<String, RunningService>> matching = services.tailMap(id, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(id)).toList();
        if (matching.isEmpty() || id.isEmpty()) {
            throw new NoSuchServiceException("no service '" + id + "'" + Suggestion.text(id, names(services.values())));
        }
        if (matching.size() > 1) {
            throw new NoSuchServiceException("'" + id + "' is ambiguous: "
                    + matching.stream().map(Map.Entry::getKey).collect(Collectors.joining(", ")));
        }
        return matching.get(0).getValue();
    }

    @Override
    public List<SessionDTO> sessions() {
        return sessions.list();
    }

    @Override
    public List<SessionDTO> sessions(String sessionOrId) throws NoSuchServiceException {
        return sessions.list(meant(sessionOrId));
    }

    @Override
    public List<ProviderDTO> providers() {
        return providers.all();
    }

    @Override
    public List<FailedProviderDTO> failedProviders() {
        return providers.failed();
    }

    @Override
    public ReloadReport reload() {
        return sources.get().stream().map(EntrySource::reload).reduce(ReloadReport.EMPTY, ReloadReport::plus);
    }

    @Override
    public void suspend(String id) throws NoSuchServiceException {
        RunningService service = find(id);
        service.admitNobody();
        reconciler.change(service, RunningService::suspend);
    }

    @Override
    public void resume(String id) throws NoSuchServiceException {
        reconciler.change(find(id), RunningService::resume);
    }

    @Override
    public int end(String sessionOrId) throws NoSuchServiceException {
        return sessions.end(meant(sessionOrId), LiveSession::endOrKill, END_WAIT);
    }

    @Override
    public int kill(String sessionOrId) throws NoSuchServiceException {
        return sessions.end(meant(sessionOrId), LiveSession::kill, END_WAIT);
    }

    /** A number means a session, if there is one; otherwise it is the id of a service or its beginning. */
    private Predicate<LiveSession> meant(String sessionOrId) throws NoSuchServiceException {
        var number = SESSION_NUMBER.matcher(sessionOrId);
        if (number.matches()) {
            long wanted = Long.parseLong(number.group(1));
            Predicate<LiveSession> one = session -> session.number() == wanted;
            if (!sessions.list(one).isEmpty()) {
                return one;
            }
            if (sessionOrId.startsWith("#")) {
                throw new NoSuchServiceException("no session '" + sessionOrId + "'");
            }
        }
        String id = isStopping(sessionOrId) ? sessionOrId : find(sessionOrId).entry().id();
        return session -> session.entry().id().equals(id);
    }

    /** While the dispatcher stops there are no services any more, and sessions of theirs still. */
    private boolean isStopping(String id) {
        return reconciler.services().isEmpty() && !sessions.list(session -> session.entry().id().equals(id)).isEmpty();
    }
}
