package org.switchboard.deploy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.switchboard.deploy.internal.file.WholeJar;

/** Installs, updates and removes bundles, and lets the framework forget the classes of what is gone. */
final class Installer {

    private static final long REFRESH_SECONDS = 120;

    private final BundleContext context;
    private final int startLevel;
    private final ResolutionCheck check;

    Installer(BundleContext context, int startLevel) {
        this.context = context;
        this.startLevel = startLevel;
        check = new ResolutionCheck(context);
    }

    /** Removes what is left of a server that was ended in the middle of an update. */
    void clean() throws BundleException {
        check.clean();
    }

    Optional<Bundle> at(String location) {
        return Optional.ofNullable(context.getBundle(location));
    }

    Stream<Bundle> all() {
        return Stream.of(context.getBundles());
    }

    /** Another bundle of that name and version, of which the framework takes only one. */
    Optional<Bundle> twin(WholeJar jar, String location) {
        return all().filter(bundle -> jar.symbolicName().equals(bundle.getSymbolicName())
                && jar.version().equals(bundle.getVersion()) && !bundle.getLocation().equals(location)).findFirst();
    }

    void install(Path jar, String location) throws IOException, BundleException {
        FrameworkStartLevel levels = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
        int before = levels.getInitialBundleStartLevel();
        Bundle bundle;
        try (InputStream content = Files.newInputStream(jar)) {
            // A level that is set later would start the bundle on a thread of the framework, which logs a failure on its own.
            levels.setInitialBundleStartLevel(startLevel > 0 ? startLevel : before);
            bundle = context.installBundle(location, content);
        } finally {
            levels.setInitialBundleStartLevel(before);
        }
        start(bundle);
    }

    /**
     * Replaces the content of a bundle, which starts again if it was wanted. Where the new content does not resolve and the
     * old one does, the bundle is not touched; where the new one does not start and the old one ran, the old one comes back.
     *
     * @param former where the old content may be kept meanwhile
     */
    void update(Bundle bundle, Path jar, Path former)
            throws IOException, BundleException, InterruptedException, RejectedUpdateException {
        if (check.resolves(bundle)) {
            requireResolution(bundle, jar);
        }
        boolean ran = (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
        if (ran) {
            BundleContent.write(bundle, former);
        }
        try {
            replace(bundle, jar);
        } catch (BundleException e) {
            if (!ran || Files.size(former) == 0) {
                throw e;
            }
            replace(bundle, former);
            throw RejectedUpdateException.failed(Reason.of(e));
        }
    }

    private void requireResolution(Bundle bundle, Path jar) throws IOException, RejectedUpdateException {
        try {
            Optional<String> obstacle = check.obstacle(jar, bundle);
            if (obstacle.isPresent()) {
                throw RejectedUpdateException.unresolved(obstacle.get());
            }
        } catch (BundleException e) {
            throw RejectedUpdateException.failed("is not taken by the framework: " + Reason.of(e));
        }
    }

    /** If the framework does not take the new content, the bundle goes on with the old. It starts again if it was wanted. */
    private void replace(Bundle bundle, Path jar) throws IOException, BundleException, InterruptedException {
        boolean wanted = bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
        if (!isFragment(bundle)) {
            bundle.stop(Bundle.STOP_TRANSIENT);
        }
        try (InputStream content = Files.newInputStream(jar)) {
            bundle.update(content);
            refresh(bundle);
        } finally {
            if (wanted) {
                start(bundle);
            }
        }
    }

    void uninstall(Bundle bundle) throws BundleException, InterruptedException {
        bundle.uninstall();
        refresh(bundle);
    }

    /** A bundle that was stopped by hand is left alone. @return whether it runs now and did not before */
    boolean startAgain(Bundle bundle) throws BundleException {
        boolean wanted = bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()
                && (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0;
        if (wanted) {
            start(bundle);
        }
        return wanted;
    }

    private static void start(Bundle bundle) throws BundleException {
        if (!isFragment(bundle)) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** While the framework starts, nobody has the old classes yet. */
    private void refresh(Bundle bundle) throws InterruptedException {
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        if (system.getState() == Bundle.ACTIVE) {
            CountDownLatch done = new CountDownLatch(1);
            system.adapt(FrameworkWiring.class).refreshBundles(Set.of(bundle), event -> done.countDown());
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new InterruptedException("the framework does not refresh");
            }
        }
    }
}
