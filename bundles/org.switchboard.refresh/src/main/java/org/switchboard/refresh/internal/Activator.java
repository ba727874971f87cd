package org.switchboard.refresh.internal;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.bundle.EventHook;

/** Not a component: Declarative Services are themselves refreshed. The framework removes what is registered when the bundle stops. */
public final class Activator implements BundleActivator {

    private static final long THREAD_SECONDS = 1;

    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(1, 1, THREAD_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "switchboard-refresh");
                thread.setDaemon(true);
                return thread;
            });

    @Override
    public void start(BundleContext context) {
        worker.allowCoreThreadTimeOut(true);
        LazyBundles bundles = new LazyBundles(context.getBundle(0), worker, new FrameworkLog(context));
        context.registerService(EventHook.class, bundles, null);
        context.addFrameworkListener(bundles);
        bundles.noteWaiting();
    }

    @Override
    public void stop(BundleContext context) {
        worker.shutdown();
    }
}
