package org.switchboard.shell.internal.verbs;

import java.util.List;
import java.util.stream.Stream;
import org.switchboard.api.runtime.ServiceDTO;

/**
 * What completion offers for a service: its id; and once something is typed that its id does not begin with, also its port,
 * name and endpoints, since these find it, too.
 */
final class ServiceWords {

    private final Names names;

    ServiceWords(Names names) {
        this.names = names;
    }

    /** The names of services(5) and reservations for the port of a service. */
    @FunctionalInterface
    interface Names {
        Stream<String> of(ServiceDTO service);
    }

    /** The ids first. */
    List<String> of(List<ServiceDTO> services, String typed) {
        Stream<String> ids = services.stream().map(service -> service.id);
        if (typed.isEmpty()) {
            return ids.toList();
        }
        Stream<String> others = services.stream().filter(service -> !service.id.startsWith(typed))
                .flatMap(this::others).filter(word -> word.startsWith(typed));
        return Stream.concat(ids, others).distinct().toList();
    }

    private Stream<String> others(ServiceDTO service) {
        Stream<String> port = service.port == 0 ? Stream.empty()
                : Stream.concat(Stream.of(Integer.toString(service.port)), names.of(service));
        return Stream.concat(port, service.listeners.stream().map(listener -> listener.endpoint));
    }
}
