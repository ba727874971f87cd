package org.switchboard.posix.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.posix.Account;
import org.switchboard.posix.Launch;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.Program;
import org.switchboard.posix.Spawner;

/**
 * Starts programs through a {@link Resident} spawner, which comes with the first program and is replaced when it has ended:
 * at once after a good life, else with a pause that doubles.
 *
 * <p>Immediate, so that it does not go, and take the ends of running programs with it, when nobody happens to start one.
 */
@Component(immediate = true)
public final class LinuxSpawner implements Spawner {

    /** Framework property: the resource limits that programs get back; absent or empty, they get the server's. */
    static final String LIMITS = "switchboard.rlimits";

    /** Framework property: how many seconds the launch of a program may take, from 1 to 3600; absent, 10. */
    static final String TIMEOUT = "switchboard.launch.timeout.seconds";

    private static final int DEFAULT_TIMEOUT = 10;
    private static final int LONGEST_TIMEOUT = 3600;
    private static final Duration GOOD_LIFE = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final NativeParts parts;
    private final List<Launch.Limit> limits;
    private final Duration timeout;
    private final InstantSource clock;
    private final Logger log;
    private Optional<Resident> resident = Optional.empty(); // guarded by this, as all below
    private Instant born = Instant.MIN;
    private Duration pause = Duration.ZERO;
    private boolean closed;

    @Activate
    public LinuxSpawner(@Reference NativeParts parts, @Reference(service = LoggerFactory.class) Logger log, BundleContext context) {
        this(parts, originalLimits(context.getProperty(LIMITS), log), timeout(context.getProperty(TIMEOUT), log),
                InstantSource.system(), log);
    }

    LinuxSpawner(NativeParts parts, List<Launch.Limit> limits, InstantSource clock, Logger log) {
        this(parts, limits, Duration.ofSeconds(DEFAULT_TIMEOUT), clock, log);
    }

    /** @param timeout from the request until the program is executed; a launch that takes longer is given up */
    LinuxSpawner(NativeParts parts, List<Launch.Limit> limits, Duration timeout, InstantSource clock, Logger log) {
        this.parts = parts;
        this.limits = limits;
        this.timeout = timeout;
        this.clock = clock;
        this.log = log;
    }

    private static List<Launch.Limit> originalLimits(String property, Logger log) {
        try {
            return property == null ? List.of() : OriginalLimits.parse(property);
        } catch (IllegalArgumentException e) {
            log.warn("{}: {}; programs get the limits of the server", LIMITS, e.getMessage());
            return List.of();
        }
    }

    private static Duration timeout(String property, Logger log) {
        if (property == null || property.isEmpty()) {
            return Duration.ofSeconds(DEFAULT_TIMEOUT);
        }
        int seconds = property.matches("[0-9]{1,4}") ? Integer.parseInt(property) : 0;
        if (seconds >= 1 && seconds <= LONGEST_TIMEOUT) {
            return Duration.ofSeconds(seconds);
        }
        log.warn("{}: '{}' is no number from 1 to {}; using {}", TIMEOUT, property, LONGEST_TIMEOUT, DEFAULT_TIMEOUT);
        return Duration.ofSeconds(DEFAULT_TIMEOUT);
    }

    @Override
    public Program start(Launch launch, int socket) throws IOException {
        if (socket != NO_SOCKET) {
            return startOn(launch, socket);
        }
        resident();
        int nothing = Errors.check(LibC.open("/dev/null\0".getBytes(StandardCharsets.US_ASCII), LibC.O_RDWR | LibC.O_CLOEXEC),
                "open /dev/null");
        try {
            return startOn(launch, nothing);
        } finally {
            LibC.close(nothing);
        }
    }

    private Program startOn(Launch launch, int socket) throws IOException {
        Resident first = resident();
        Launch adapted = withoutNeedlessAccount(launch);
        try {
            return first.launch(adapted, limits, socket);
        } catch (PosixException e) {
            if (first.isAlive()) {
                throw e;
            }
            // It ended before it could take the request, so nothing was started.
            return resident().launch(adapted, limits, socket);
        }
    }

    @Override
    public Optional<String> obstacle() {
        try {
            resident();
            return Optional.empty();
        } catch (PosixException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Without privilege even the groups that we have cannot be set; to stay who we are needs nothing to be set. */
    private static Launch withoutNeedlessAccount(Launch launch) {
        int uid = LibC.geteuid();
        Optional<Account> account = launch.account().filter(who -> uid == 0 || who.uid() != uid || who.gid() != LibC.getegid());
        return account.equals(launch.account()) ? launch
                : new Launch(launch.program(), launch.argv(), launch.environment(), account, launch.umask(), launch.nice(),
                        launch.limits(), launch.root(), launch.directory());
    }

    private synchronized Resident resident() throws PosixException {
        if (closed) {
            throw new PosixException("programs are not started any more: the server ends", 0);
        }
        if (resident.isPresent() && resident.get().isAlive()) {
            return resident.get();
        }
        Instant now = clock.instant();
        Duration next = nextPause(now);
        if (now.isBefore(born.plus(pause))) {
            throw new PosixException("the spawner does not stay alive; it is started again in "
                    + Duration.between(now, born.plus(pause)).toMillis() + " ms", 0);
        }
        pause = next;
        born = now;
        Resident fresh = Resident.start(parts.spawner(), timeout, log);
        resident = Optional.of(fresh);
        return fresh;
    }

    private Duration nextPause(Instant now) {
        if (born.equals(Instant.MIN) || now.isAfter(born.plus(GOOD_LIFE).plus(pause))) {
            return Duration.ZERO;
        }
        Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Running programs live on. */
    @Deactivate
    void close() {
        Optional<Resident> last;
        synchronized (this) {
            closed = true;
            last = resident;
        }
        last.ifPresent(Resident::close);
    }
}
