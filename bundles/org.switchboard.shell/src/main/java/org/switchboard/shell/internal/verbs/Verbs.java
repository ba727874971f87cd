package org.switchboard.shell.internal.verbs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.runtime.DeployedDTO;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SessionDTO;

/**
 * What the commands do: each verb asks the server and returns a value, which
 * {@link org.switchboard.shell.internal.print.Printer} prints. Shells add how words are given and completed.
 */
public final class Verbs {

    private static final Set<EntryState> OPEN = EnumSet.of(EntryState.LISTENING, EntryState.RUNNING);

    private final Services services;

    public Verbs(BundleContext context) {
        this.services = new Services(context);
    }

    /**
     * The services in that state and of that provider.
     *
     * @param state    the word of an {@link EntryState}; empty for all of them
     * @param provider the name of a provider; empty for all of them
     * @param pattern what an id, state, endpoint or program begins with, a port, a glob, or what means a service for
     *                {@link #show}; empty for all of them
     */
    public Listing<ServiceDTO> list(String state, String provider, String pattern) throws CommandFailedException {
        if (!state.isEmpty() && !states().contains(state)) {
            throw new CommandFailedException("no such state: '" + state + "'; it is one of " + String.join(", ", states()));
        }
        List<ServiceDTO> all = services.server(server -> server.services());
        Set<ServiceDTO> meant = Set.copyOf(finder(all).all(pattern));
        ServicePattern fitting = new ServicePattern(pattern);
        return new Listing<>(ServiceDTO.class, all.stream()
                .filter(service -> state.isEmpty() || service.state.toString().equals(state))
                .filter(service -> provider.isEmpty() || service.provider.equals(provider))
                .filter(service -> fitting.fits(service) || meant.contains(service))
                .toList());
    }

    public ServiceDTO show(String word) throws CommandFailedException {
        String id = id(word);
        return services.server(server -> server.service(id));
    }

    /** The id that a word means: an id or its beginning, a name or an alias of it, a port, or an endpoint. */
    private String id(String word) throws CommandFailedException {
        return finder(services.server(server -> server.services())).id(word);
    }

    private ServiceFinder finder(List<ServiceDTO> all) {
        return new ServiceFinder(all, services::isPortOf);
    }

    private SessionFinder sessionFinder() throws CommandFailedException {
        return services.server(server -> {
            List<ServiceDTO> all = server.services();
            return new SessionFinder(server.sessions(), all, finder(all));
        });
    }

    public Reloaded reload() throws CommandFailedException {
        return new Reloaded(services.server(server -> server.reload()));
    }

    /**
     * @param dialect of files that do not name their own; empty for that of the server
     * @param files none for those that the server reads
     */
    public Checked check(boolean strict, String dialect, List<Path> files) throws CommandFailedException {
        return new Checked(services.configuration(check -> check.check(files, named(dialect))), strict);
    }

    /**
     * @param dialect of the file, if it does not name its own; empty for that of the server
     * @param form in which entries are written
     */
    public Converted convert(String dialect, String form, Path file) throws CommandFailedException {
        return new Converted(services.conversion(conversion -> conversion.convert(file, named(dialect), form)));
    }

    private static Optional<String> named(String dialect) {
        return dialect.isEmpty() ? Optional.empty() : Optional.of(dialect);
    }

    public Listing<PortStatus> ports() throws CommandFailedException {
        return new Listing<>(PortStatus.class, services.ports(registry -> registry.reservations()));
    }

    /** @param word what means a session or a service, or fits services or clients; empty for all sessions */
    public Listing<SessionDTO> sessions(String word) throws CommandFailedException {
        return new Listing<>(SessionDTO.class, sessionFinder().sessions(word));
    }

    public Registrations providers() throws CommandFailedException {
        return services.server(server -> new Registrations(server.providers(), server.failedProviders()));
    }

    public Listing<DeployedDTO> deployed() throws CommandFailedException {
        return new Listing<>(DeployedDTO.class, services.deployments(deployments -> deployments.deployed()));
    }

    /**
     * Ends sessions, and says which of them still run then.
     *
     * @param kill whether not to ask first
     */
    public String end(boolean kill, String sessionOrWord) throws CommandFailedException {
        String sessionOrId = sessionFinder().isNumber(sessionOrWord) ? sessionOrWord : id(sessionOrWord);
        return services.server(server -> {
            Set<Long> meant = numbers(server.sessions(sessionOrId)).collect(Collectors.toSet());
            String count = Counted.of(kill ? server.kill(sessionOrId) : server.end(sessionOrId), "session", "sessions");
            String running = numbers(server.sessions()).filter(meant::contains).map(String::valueOf)
                    .collect(Collectors.joining(", "));
            if (running.isEmpty()) {
                return count + (kill ? " killed" : " ended");
            }
            return count + (kill ? " told to end at once" : " told to end") + ", still running: " + running;
        });
    }

    private static Stream<Long> numbers(List<SessionDTO> sessions) {
        return sessions.stream().map(session -> session.number);
    }

    /** Suspends a service, and says how it stands then. */
    public String suspend(String word) throws CommandFailedException {
        String id = id(word);
        return standing(services.server(server -> {
            String whole = server.service(id).id;
            server.suspend(whole);
            return server.service(whole);
        }));
    }

    /**
     * Resumes a service, and says how it stands then.
     *
     * @throws CommandFailedException if it is not open then
     */
    public String resume(String word) throws CommandFailedException {
        String id = id(word);
        ServiceDTO service = services.server(server -> {
            String whole = server.service(id).id;
            server.resume(whole);
            return server.service(whole);
        });
        if (!OPEN.contains(service.state)) {
            throw new CommandFailedException(standing(service));
        }
        return standing(service);
    }

    private static String standing(ServiceDTO service) {
        return service.id + " is " + service.state.with(service.reason);
    }

    /** Tries again at once to open what failed, stands back, or was closed by a limit; not what was suspended by hand. */
    public String retry() throws CommandFailedException {
        return services.server(server -> {
            List<String> tried = server.services().stream().filter(Verbs::standsBack).map(service -> service.id).toList();
            for (String id : tried) {
                server.resume(id);
            }
            return tried.isEmpty() ? "nothing to try again" : "trying again: " + String.join(", ", tried);
        });
    }

    private static boolean standsBack(ServiceDTO service) {
        return service.state == EntryState.FAILED || service.state == EntryState.HELD
                || service.state == EntryState.SUSPENDED && service.resumesAt.isBefore(Instant.MAX);
    }

    public Invitation invitation() throws CommandFailedException {
        return new Invitation(services.server(server -> server.services()));
    }

    /** For completion: the ids of all services, and what else finds one and begins with what is typed already. */
    public List<String> serviceWords(String typed) throws CommandFailedException {
        return words(services.server(server -> server.services()), typed);
    }

    /** For completion: the numbers of all sessions, and the words for services that have any. */
    public List<String> sessionWords(String typed) throws CommandFailedException {
        List<SessionDTO> sessions = services.server(server -> server.sessions());
        Set<String> ids = sessions.stream().map(session -> session.service).collect(Collectors.toSet());
        List<ServiceDTO> busy = services.server(server -> server.services()).stream()
                .filter(service -> ids.contains(service.id)).toList();
        Stream<String> own = sessions.stream().flatMap(session -> Stream.of(Long.toString(session.number), session.service));
        return Stream.concat(own, words(busy, typed).stream()).distinct().toList();
    }

    private List<String> words(List<ServiceDTO> offered, String typed) {
        return new ServiceWords(services::portName).of(offered, typed);
    }

    /** For completion: the providers that are registered, and those that services wait for. */
    public List<String> providerNames() throws CommandFailedException {
        return services.server(server -> Stream.concat(server.providers().stream().map(provider -> provider.name),
                server.services().stream().map(service -> service.provider)).distinct().sorted().toList());
    }

    /** For completion: the names of the dialects that are there. */
    public List<String> dialects() {
        return services.dialects();
    }

    /** For completion: the words for the states of a service. */
    public List<String> states() {
        return Stream.of(EntryState.values()).map(EntryState::toString).toList();
    }
}
