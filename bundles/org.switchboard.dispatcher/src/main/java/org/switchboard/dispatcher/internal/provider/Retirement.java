package org.switchboard.dispatcher.internal.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.log.Logger;

/**
 * Uninstalls the older of two versions of a provider bundle that stand side by side, when the newer one has taken over all that it
 * provides and the last session of the older is over. Long sessions so end where they began, and nobody has to come back to clean
 * up. Dispatcher thread only.
 *
 * <p>An older version stays where the newer one fails, where it provides something that the newer does not, where another bundle
 * uses its classes, and where an entry names it by its location.
 */
public final class Retirement {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ProviderDirectory directory;
    private final Predicate<Bundle> named;
    private final Duration patience;
    private final ScheduledExecutorService dispatcher;
    private final Consumer<Runnable> workers;
    private final InstantSource clock;
    private final Logger log;
    /** Since when each has not been needed any more. */
    private final Map<Bundle, Instant> idleSince = new HashMap<>();
    private boolean looking;

    /**
     * @param named whether an entry wants that very bundle
     * @param patience how long an older version stays that nobody needs; negative for as long as somebody leaves it installed
     * @param workers runs what may block, or throws {@link RejectedExecutionException}
     */
    public Retirement(ProviderDirectory directory, Predicate<Bundle> named, Duration patience,
            ScheduledExecutorService dispatcher, Consumer<Runnable> workers, InstantSource clock, Logger log) {
        this.directory = directory;
        this.named = named;
        this.patience = patience;
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.clock = clock;
        this.log = log;
    }

    /** A provider came: it may be the newer version of another. Looks again and again until no older one is left. */
    public void appeared() {
        if (!looking && !patience.isNegative()) {
            look();
        }
    }

    void look() {
        looking = false;
        Map<Bundle, Bundle> overtaken = overtaken();
        idleSince.keySet().retainAll(overtaken.keySet());
        overtaken.forEach((older, newer) -> {
            if (isNeeded(older)) {
                idleSince.remove(older);
            } else if (!idleSince.computeIfAbsent(older, now -> clock.instant()).plus(patience).isAfter(clock.instant())) {
                retire(older, newer);
            }
        });
        looking = !overtaken.isEmpty();
        if (looking) {
            dispatcher.schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The bundles of which a newer version provides all that they do, with that version. */
    private Map<Bundle, Bundle> overtaken() {
        Map<Bundle, List<ProviderHandle>> handles = directory.all().stream().filter(handle -> handle.reference().getBundle() != null)
                .collect(Collectors.groupingBy(handle -> handle.reference().getBundle()));
        Map<Bundle, Bundle> overtaken = new HashMap<>();
        handles.forEach((older, itsOwn) -> handles.entrySet().stream()
                .filter(newer -> isNewer(newer.getKey(), older) && itsOwn.stream().allMatch(handle -> isReplaced(handle, newer.getValue())))
                .findFirst().ifPresent(newer -> overtaken.put(older, newer.getKey())));
        return overtaken;
    }

    private static boolean isNewer(Bundle one, Bundle other) {
        return one.getSymbolicName() != null && one.getSymbolicName().equals(other.getSymbolicName())
                && one.getVersion().compareTo(other.getVersion()) > 0;
    }

    /** Whether one of these comes before that provider, can all that it can, and does not fail at it. */
    private static boolean isReplaced(ProviderHandle handle, List<ProviderHandle> by) {
        return by.stream().anyMatch(next -> next.name().equals(handle.name()) && next.kinds().containsAll(handle.kinds())
                && ProviderHandle.PRECEDENCE.compare(next, handle) < 0 && next.fault().isEmpty());
    }

    private boolean isNeeded(Bundle bundle) {
        boolean serves = directory.all().stream()
                .anyMatch(handle -> bundle.equals(handle.reference().getBundle()) && handle.uses() > 0);
        return serves || named.test(bundle) || isUsedByOthers(bundle);
    }

    private static boolean isUsedByOthers(Bundle bundle) {
        return Optional.ofNullable(bundle.adapt(BundleWiring.class)).map(wiring -> wiring.getProvidedWires(null)).stream()
                .flatMap(List::stream).map(BundleWire::getRequirer)
                .anyMatch(user -> !bundle.equals(user.getBundle()) && (user.getTypes() & BundleRevision.TYPE_FRAGMENT) == 0);
    }

    private void retire(Bundle older, Bundle newer) {
        idleSince.remove(older);
        try {
            workers.accept(() -> uninstall(older, newer));
        } catch (RejectedExecutionException busy) {
            log.debug("no worker is free to uninstall {}; trying again", older);
        }
    }

    private void uninstall(Bundle older, Bundle newer) {
        try {
            older.uninstall();
            log.info("uninstalled {} {}: {} provides all that it did, and its last session is over", older.getSymbolicName(),
                    older.getVersion(), newer.getVersion());
        } catch (BundleException | IllegalStateException failed) {
            log.warn("cannot uninstall {} {}, in whose place {} serves: {}; trying again", older.getSymbolicName(),
                    older.getVersion(), newer.getVersion(), failed.getMessage());
        }
    }
}
