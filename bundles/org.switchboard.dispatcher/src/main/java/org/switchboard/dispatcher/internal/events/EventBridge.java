package org.switchboard.dispatcher.internal.events;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.switchboard.api.runtime.ServerEvents;

/**
 * Follows the Event Admin and its subscribers by the names of their interfaces, so that nothing of it has to be there. A topic
 * is wanted if there is an Event Admin and a handler that subscribed to it.
 */
public final class EventBridge implements Announcer, ServiceListener {

    private static final String ADMIN = "org.osgi.service.event.EventAdmin";
    private static final String HANDLER = "org.osgi.service.event.EventHandler";
    private static final String TOPICS = "event.topics";
    private static final List<String> ALL =
            List.of(ServerEvents.OPENED, ServerEvents.CLOSED, ServerEvents.STARTED, ServerEvents.ENDED);

    private final BundleContext context;
    private volatile Set<String> wanted = Set.of();

    public EventBridge(BundleContext context) {
        this.context = context;
    }

    /** Starts following. */
    public void open() {
        try {
            context.addServiceListener(this, "(|(objectClass=" + ADMIN + ")(objectClass=" + HANDLER + "))");
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        lookAround();
    }

    public void close() {
        context.removeServiceListener(this);
        wanted = Set.of();
    }

    @Override
    public boolean isWanted(String topic) {
        Set<String> now = wanted;
        return !now.isEmpty() && now.contains(topic);
    }

    @Override
    public void announce(String topic, Map<String, ?> properties) {
        ServiceReference<?> admin = context.getServiceReference(ADMIN);
        Object service = admin == null ? null : context.getService(admin);
        if (service == null) {
            return;
        }
        try {
            Poster.post(service, topic, properties);
        } catch (LinkageError | ClassCastException otherEvents) {
            // Its package is not the one that this bundle sees: for us there is no Event Admin.
            wanted = Set.of();
        } finally {
            context.ungetService(admin);
        }
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        ServiceReference<?> going = event.getType() == ServiceEvent.UNREGISTERING ? event.getServiceReference() : null;
        lookAround(going);
    }

    private void lookAround() {
        lookAround(null);
    }

    private synchronized void lookAround(ServiceReference<?> going) {
        Set<String> topics = new HashSet<>();
        if (!references(ADMIN, going).isEmpty()) {
            references(HANDLER, going).forEach(handler -> topics.addAll(subscribed(handler)));
        }
        wanted = Set.copyOf(topics);
    }

    private List<ServiceReference<?>> references(String type, ServiceReference<?> going) {
        try {
            ServiceReference<?>[] all = context.getAllServiceReferences(type, null);
            return all == null ? List.of() : List.of(all).stream().filter(reference -> !reference.equals(going)).toList();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> subscribed(ServiceReference<?> handler) {
        Object property = handler.getProperty(TOPICS);
        String[] patterns = property instanceof String[] several ? several : new String[] {String.valueOf(property)};
        return ALL.stream().filter(topic -> List.of(patterns).stream().anyMatch(pattern -> matches(pattern, topic))).toList();
    }

    /** Source: OSGi Compendium 113.3.1, the wildcard stands alone or after the last slash. */
    static boolean matches(String pattern, String topic) {
        return pattern.equals("*") || pattern.equals(topic)
                || pattern.endsWith("/*") && topic.startsWith(pattern.substring(0, pattern.length() - 1));
    }
}
