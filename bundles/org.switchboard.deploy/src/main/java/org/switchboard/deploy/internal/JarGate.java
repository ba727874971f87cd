package org.switchboard.deploy.internal;

import java.io.File;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.api.runtime.Deployments;

/**
 * Keeps Karaf's FileInstall from the bundles of inetd services, since it uninstalls one whose file is half written. They are
 * installed by the {@link DeployWatch}, which is there while this is. All other files are left to Karaf.
 */
@Component(service = ArtifactInstaller.class, property = "service.ranking:Integer=1000")
public final class JarGate implements ArtifactInstaller {

    private final OwnJars jars;

    @Activate
    public JarGate(BundleContext context, @Reference Deployments installing) {
        jars = new OwnJars(context);
    }

    @Override
    public boolean canHandle(File file) {
        return jars.contains(file.toPath());
    }

    @Override
    public void install(File file) {
        // The watcher sees it.
    }

    @Override
    public void update(File file) {
        // The watcher sees it.
    }

    @Override
    public void uninstall(File file) {
        // The watcher sees it.
    }
}
