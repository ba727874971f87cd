package org.switchboard.shell.internal.verbs;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchboard.api.entry.Suggestion;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SessionDTO;

/**
 * Finds the sessions that a word means: one by its number; those of the services that the word means for a
 * {@link ServiceFinder}; then those of services that it fits as a pattern, or of clients whose address it fits. A number
 * means a session, if there is one, and only then a port.
 */
final class SessionFinder {

    private final List<SessionDTO> sessions;
    private final List<ServiceDTO> services;
    private final ServiceFinder finder;

    SessionFinder(List<SessionDTO> sessions, List<ServiceDTO> services, ServiceFinder finder) {
        this.sessions = List.copyOf(sessions);
        this.services = List.copyOf(services);
        this.finder = finder;
    }

    /** Whether the word is the number of a session. */
    boolean isNumber(String word) {
        return sessions.stream().anyMatch(session -> hasNumber(session, word));
    }

    /** @throws CommandFailedException if no service and no session fits: an empty list would say that it has no sessions */
    List<SessionDTO> sessions(String word) throws CommandFailedException {
        if (word.isEmpty()) {
            return sessions;
        }
        if (isNumber(word)) {
            return all(session -> hasNumber(session, word));
        }
        ServicePattern pattern = new ServicePattern(word);
        List<ServiceDTO> meant = finder.all(word);
        List<ServiceDTO> fitting = meant.isEmpty() ? services.stream().filter(pattern::fits).toList() : meant;
        Set<String> ids = fitting.stream().map(service -> service.id).collect(Collectors.toSet());
        List<SessionDTO> found = all(session -> ids.contains(session.service)
                || meant.isEmpty() && (pattern.fits(session.service) || pattern.fits(session.remote)));
        if (found.isEmpty() && fitting.isEmpty()) {
            throw new CommandFailedException("no session and no service fits '" + word + "'" + Suggestion.text(word, names()));
        }
        return found;
    }

    private List<String> names() {
        return services.stream().flatMap(service -> Stream.of(service.id, service.name)).distinct().toList();
    }

    private List<SessionDTO> all(Predicate<SessionDTO> fits) {
        return sessions.stream().filter(fits).toList();
    }

    private static boolean hasNumber(SessionDTO session, String word) {
        return word.replaceFirst("^#", "").equals(Long.toString(session.number));
    }
}
