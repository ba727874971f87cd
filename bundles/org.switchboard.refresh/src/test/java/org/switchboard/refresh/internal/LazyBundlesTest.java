package org.switchboard.refresh.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** This bundle as it was built, in a framework that starts only bundles again that were active. */
class LazyBundlesTest {

    private static final long SECONDS = 60;
    private static final int POLICY = Bundle.START_ACTIVATION_POLICY;

    @TempDir
    private Path storage;
    private Framework framework;
    private Bundle own;
    private Bundle first;
    /** Started after the first one. */
    private Bundle second;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", storage.toString(),
                "felix.log.level", "1", Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "5"));
        framework.start();
        own = framework.getBundleContext().installBundle("reference:" + Path.of("target/classes").toUri());
        own.start();
        first = install("first", 1);
        second = install("second", 2);
        second.start(POLICY);
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(0);
    }

    @Test
    void aLazilyActivatedBundleWaitsAgainAfterARefresh() throws Exception {
        first.start(POLICY);
        refresh(first);
        await(first, Bundle.STARTING);
        assertThat(first.adapt(BundleStartLevel.class).isPersistentlyStarted()).isTrue();
    }

    @Test
    void aRefreshOfThisBundleAsWellChangesNothing() throws Exception {
        first.start(POLICY);
        refresh(own, first, second);
        await(first, Bundle.STARTING);
        await(second, Bundle.STARTING);
        await(own, Bundle.ACTIVE);
    }

    @Test
    void anUpdatedBundleWaitsAgain() throws Exception {
        first.start(POLICY);
        first.update(jar("first"));
        await(first, Bundle.STARTING);
    }

    @Test
    void aBundleThatTheOperatorStoppedStaysStopped() throws Exception {
        first.start(POLICY);
        first.stop();
        refresh(first, second);
        await(second, Bundle.STARTING);
        assertThat(first.getState()).isNotEqualTo(Bundle.STARTING);
        first.update(jar("first"));
        refresh(second);
        await(second, Bundle.STARTING);
        assertThat(first.getState()).isNotEqualTo(Bundle.STARTING);
    }

    @Test
    void aBundleOfALevelThatIsNotReachedStaysStopped() throws Exception {
        Bundle later = install("later", 6);
        later.start(POLICY);
        refresh(later, second);
        await(second, Bundle.STARTING);
        assertThat(later.getState()).isNotEqualTo(Bundle.STARTING);
    }

    @Test
    void aBundleStartedUntilTheFrameworkStopsWaitsAgainAfterARefresh() throws Exception {
        first.start(Bundle.START_TRANSIENT | POLICY);
        refresh(first);
        await(first, Bundle.STARTING);
        assertThat(first.adapt(BundleStartLevel.class).isPersistentlyStarted()).isFalse();
    }

    @Test
    void suchABundleWaitsAgainAfterAnUpdate() throws Exception {
        first.start(Bundle.START_TRANSIENT | POLICY);
        first.update(jar("first"));
        await(first, Bundle.STARTING);
    }

    @Test
    void suchABundleThatTheOperatorStoppedStaysStopped() throws Exception {
        first.start(Bundle.START_TRANSIENT | POLICY);
        first.stop();
        first.update(jar("first"));
        refresh(first, second);
        await(second, Bundle.STARTING);
        assertThat(first.getState()).isNotEqualTo(Bundle.STARTING);
    }

    @Test
    void aBundleThatWasStartedAtOnceIsActiveAgain() throws Exception {
        first.start();
        refresh(first, second);
        await(second, Bundle.STARTING);
        assertThat(first.getState()).isEqualTo(Bundle.ACTIVE);
    }

    private void refresh(Bundle... bundles) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundles), event -> refreshed.countDown());
        assertThat(refreshed.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private void await(Bundle bundle, int state) throws InterruptedException {
        BundleContext context = framework.getBundleContext();
        CountDownLatch reached = new CountDownLatch(1);
        SynchronousBundleListener listener = event -> {
            boolean started = event.getType() == BundleEvent.LAZY_ACTIVATION || event.getType() == BundleEvent.STARTED;
            if (started && event.getBundle().equals(bundle)) {
                reached.countDown();
            }
        };
        context.addBundleListener(listener);
        if (bundle.getState() != state) {
            assertThat(reached.await(SECONDS, TimeUnit.SECONDS)).as("%s of %s", bundle,
                    Arrays.toString(context.getBundles())).isTrue();
        }
        context.removeBundleListener(listener);
        assertThat(bundle.getState()).isEqualTo(state);
    }

    private Bundle install(String name, int level) throws Exception {
        Bundle bundle = framework.getBundleContext().installBundle(name, jar(name));
        bundle.adapt(BundleStartLevel.class).setStartLevel(level);
        return bundle;
    }

    private static ByteArrayInputStream jar(String name) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.putValue(Constants.BUNDLE_ACTIVATIONPOLICY, Constants.ACTIVATION_LAZY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
