package org.switchboard.dispatcher.internal.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.Logger;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.InetService;
import org.switchboard.api.runtime.RegistrationFailure;
import org.switchboard.dispatcher.internal.provider.Fault;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.resolve.Resolver;

/**
 * Makes every bundle whose providers bring default endpoints of their own a source of entries. When such a provider goes, its
 * entries stay for a while: an update takes it away and brings it back, and the port should not close for that.
 */
public final class Whiteboard {

    private static final Duration UNINSTALL_GRACE = Duration.ofSeconds(2);

    private final String defaultAddress;
    private final Duration replaceGrace;
    private final ScheduledExecutorService dispatcher;
    private final BiConsumer<String, List<ServiceEntry>> publish;
    private final Logger log;
    private final Map<String, Set<ProviderHandle>> handles = new HashMap<>(); // dispatcher thread only

    /**
     * @param defaultAddress where providers listen that do not say; {@code *} for every address
     * @param replaceGrace how long entries outlive their provider
     * @param publish replaces the entries of a source
     */
    public Whiteboard(String defaultAddress, Duration replaceGrace, ScheduledExecutorService dispatcher,
            BiConsumer<String, List<ServiceEntry>> publish, Logger log) {
        this.defaultAddress = defaultAddress;
        this.replaceGrace = replaceGrace;
        this.dispatcher = dispatcher;
        this.publish = publish;
        this.log = log;
    }

    /** A provider came; any thread. */
    public void appeared(ProviderHandle handle) {
        if (handle.reference().getProperty(InetService.PORT_PROPERTY) != null) {
            String source = source(handle.reference().getBundle());
            dispatcher.execute(() -> {
                handles.computeIfAbsent(source, key -> new LinkedHashSet<>()).add(handle);
                publish(source);
            });
        }
    }

    /** A provider goes; any thread. Its source is known by the name that it had when it came. */
    public void departed(ProviderHandle handle) {
        dispatcher.execute(() -> handles.forEach((source, present) -> {
            if (present.remove(handle)) {
                publishAfter(replaceGrace, source);
            }
        }));
    }

    /** A bundle is gone for good, unless the same one is installed from somewhere else at once: there is less to wait for. */
    public void uninstalled(Bundle bundle) {
        String source = source(bundle);
        dispatcher.execute(() -> {
            if (handles.containsKey(source) && handles.get(source).isEmpty()) {
                publishAfter(UNINSTALL_GRACE, source);
            }
        });
    }

    private static String source(Bundle bundle) {
        return MergedTable.BUNDLE_PREFIX + bundle.getSymbolicName();
    }

    private void publishAfter(Duration grace, String source) {
        dispatcher.schedule(() -> publish(source), grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publish(String source) {
        List<ServiceEntry> entries = new ArrayList<>();
        Map<String, Bundle> brought = new HashMap<>();
        handles.getOrDefault(source, Set.of()).stream().sorted(ProviderHandle.PRECEDENCE).forEach(handle -> {
            Bundle bundle = handle.reference().getBundle();
            entries(source, handle).stream()
                    // Of two versions side by side the one that serves says where.
                    .filter(entry -> bundle == brought.computeIfAbsent(entry.id(), first -> bundle))
                    .forEach(entries::add);
        });
        publish.accept(source, entries);
        if (entries.isEmpty()) {
            handles.remove(source);
        }
    }

    private List<ServiceEntry> entries(String source, ProviderHandle handle) {
        ServiceReference<?> reference = handle.reference();
        Origin origin = new Origin(source, 0);
        List<ServiceEntry> entries = new ArrayList<>();
        for (String protocol : words(reference.getProperty(InetService.PROTOCOL_PROPERTY), "tcp")) {
            Optional<Protocol> known = Protocol.of(protocol);
            try {
                int port = Integer.parseInt(String.valueOf(reference.getProperty(InetService.PORT_PROPERTY)));
                ServiceEntry entry = entry(handle.name(), known.orElseThrow(() -> unknown(protocol)), origin,
                        String.valueOf(words(reference.getProperty(InetService.ADDRESS_PROPERTY), "").get(0)), port);
                if (handle.kindFor(entry).isPresent()) {
                    entries.add(entry);
                } else {
                    handle.unusable(new Fault(RegistrationFailure.WRONG_KIND,
                            "it brings an endpoint for '" + protocol + "', and is of no kind that serves that"));
                }
            } catch (IllegalArgumentException wrong) {
                handle.unusable(new Fault(RegistrationFailure.BAD_ENDPOINT, String.valueOf(wrong.getMessage())));
                log.error("{}: default endpoint of provider '{}' ignored: {}", origin, handle.name(), wrong.getMessage());
            }
        }
        return entries;
    }

    private static IllegalArgumentException unknown(String protocol) {
        return new IllegalArgumentException("unknown protocol '" + protocol + "'");
    }

    /** An address that the provider did not choose is not part of the id, so that a line in a file can override the entry. */
    private ServiceEntry entry(String name, Protocol protocol, Origin origin, String address, int port) {
        ServiceEntry.Builder builder = ServiceEntry.builder(name, protocol, origin).port(port);
        if (address.isEmpty()) {
            builder.options(Map.of(Resolver.LISTEN_OPTION, defaultAddress));
        } else if (!address.equals("*")) {
            builder.address(address);
        }
        return builder.build();
    }

    private static List<String> words(Object property, String otherwise) {
        if (property instanceof String[] words && words.length > 0) {
            return List.of(words);
        }
        return List.of(property instanceof String word ? word : otherwise);
    }
}
