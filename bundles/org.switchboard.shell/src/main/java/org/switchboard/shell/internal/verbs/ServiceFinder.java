package org.switchboard.shell.internal.verbs;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.switchboard.api.runtime.ServiceDTO;

/**
 * Finds the service that a word of a command means. The kinds of a word are tried in order, and the first that fits any
 * service decides, so that port 79 is not taken for the beginning of {@code 7900/tcp}.
 */
final class ServiceFinder {

    private static final List<String> EVERY_IPV4 = List.of("0.0.0.0:", "*:");
    private static final List<String> EVERY_IPV6 = List.of("[::]:", "*:");

    private final List<ServiceDTO> services;
    private final Aliases aliases;

    ServiceFinder(List<ServiceDTO> services, Aliases aliases) {
        this.services = List.copyOf(services);
        this.aliases = aliases;
    }

    /** Whether a name or an alias of services(5) is the port of a service. */
    @FunctionalInterface
    interface Aliases {
        boolean isPortOf(String name, ServiceDTO service);
    }

    /**
     * The id that is meant; the word itself where no service fits, for the server to judge.
     *
     * @throws CommandFailedException if several services fit, with their ids
     */
    String id(String word) throws CommandFailedException {
        List<String> ids = all(word).stream().map(service -> service.id).toList();
        if (ids.size() > 1) {
            throw new CommandFailedException("'" + word + "' is ambiguous: " + String.join(", ", ids));
        }
        return ids.isEmpty() ? word : ids.get(0);
    }

    /** The services that a word means, for commands that take several; none where no service fits. */
    List<ServiceDTO> all(String word) {
        return kinds(word).map(this::all).filter(fitting -> !fitting.isEmpty()).findFirst().orElse(List.of());
    }

    private Stream<Predicate<ServiceDTO>> kinds(String word) {
        if (word.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(
                service -> service.id.equals(word),
                service -> service.name.equals(word),
                service -> service.port != 0 && Integer.toString(service.port).equals(word.replaceFirst("^[*]?:", "")),
                service -> listensOn(service, word),
                service -> isConfiguredFor(service, word),
                service -> listensOn(service, everyAddress(word)),
                service -> aliases.isPortOf(word, service),
                service -> service.id.startsWith(word));
    }

    private List<ServiceDTO> all(Predicate<ServiceDTO> fits) {
        return services.stream().filter(fits).toList();
    }

    private static boolean listensOn(ServiceDTO service, String endpoint) {
        return service.listeners.stream().anyMatch(listener -> listener.endpoint.equals(endpoint));
    }

    /** A service that listens nowhere now is found by the address and port of its entry. */
    private static boolean isConfiguredFor(ServiceDTO service, String endpoint) {
        String address = service.address.contains(":") ? "[" + service.address + "]" : service.address;
        return !address.isEmpty() && endpoint.equals(address + ":" + service.port);
    }

    private static boolean listensOn(ServiceDTO service, List<String> endpoints) {
        return endpoints.stream().anyMatch(endpoint -> listensOn(service, endpoint));
    }

    /** The endpoints that serve an address because they listen on every address of its family. */
    private static List<String> everyAddress(String endpoint) {
        if (!endpoint.matches("(\\[[0-9a-fA-F:.%\\w]+]|[0-9.]+):[0-9]+")) {
            return List.of();
        }
        String port = endpoint.substring(endpoint.lastIndexOf(':') + 1);
        return (endpoint.startsWith("[") ? EVERY_IPV6 : EVERY_IPV4).stream().map(every -> every + port).toList();
    }
}
