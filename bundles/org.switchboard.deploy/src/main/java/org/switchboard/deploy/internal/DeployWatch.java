package org.switchboard.deploy.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.api.runtime.DeployedDTO;
import org.switchboard.api.runtime.Deployments;
import org.switchboard.deploy.internal.configuration.ConfigurationProblems;

/**
 * Watches the folders that the framework property {@code switchboard.deploy} names, with the path separator between them.
 * Bundles that lie there when the server starts are installed before this returns, and start with the others. Where no folder
 * is named, the bundles of inetd services in the folder of Karaf are installed, and its other files only listed.
 */
@Component(immediate = true)
public final class DeployWatch implements Deployments {

    private static final String FOLDERS = "switchboard.deploy";
    private static final String START_LEVEL = "switchboard.deploy.level";
    private static final long POLL_MILLIS = 500;
    private static final long END_MILLIS = 1000;

    private final BundleContext context;
    private final Logger log;
    private final Installer installer;
    private final Folders folders;
    private final Optional<ForeignFolder> foreign;
    private final ConfigurationProblems configurations;
    private final Thread watcher;
    private final AtomicBoolean changed = new AtomicBoolean();
    private final BundleListener listener = this::bundleChanged;

    @Activate
    public DeployWatch(BundleContext context, @Reference(service = LoggerFactory.class) Logger log,
            @Reference ConfigurationProblems configurations) throws IOException, InterruptedException {
        this.context = context;
        this.log = log;
        this.configurations = configurations;
        installer = new Installer(context, Integer.parseInt(Optional.ofNullable(context.getProperty(START_LEVEL)).orElse("0")));
        Path data = context.getDataFile("").toPath();
        OwnJars own = new OwnJars(context);
        List<Path> named = paths(context);
        Optional<Path> karaf = own.folder().filter(folder -> named.isEmpty());
        List<Path> paths = karaf.map(List::of).orElse(named);
        foreign = karaf.map(folder -> new ForeignFolder(context, installer, folder, own));
        folders = new Folders(paths, karaf.isPresent() ? own::contains : file -> true, installer, new Handled(data.resolve("handled")),
                Files.createDirectories(data.resolve("copies")), log);
        context.addBundleListener(listener);
        folders.begin();
        watcher = new Thread(this::watch, "switchboard-deploy");
        watcher.setDaemon(true);
        if (!paths.isEmpty()) {
            watcher.start();
        }
    }

    private static List<Path> paths(BundleContext context) {
        String named = Optional.ofNullable(context.getProperty(FOLDERS)).orElse("");
        return Stream.of(named.split(File.pathSeparator)).filter(path -> !path.isEmpty())
                .map(path -> Path.of(path).toAbsolutePath().normalize()).distinct().toList();
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(POLL_MILLIS);
                folders.look();
                configurations.look();
                if (changed.getAndSet(false)) {
                    folders.startAgain();
                }
            } catch (InterruptedException over) {
                return;
            } catch (RuntimeException | LinkageError broken) {
                log.error("the folders for deployment could not be looked at; trying again", broken);
            }
        }
    }

    /** What is checked comes and goes, and is nothing that another bundle could wait for. */
    private void bundleChanged(BundleEvent event) {
        if (!ResolutionCheck.isChecked(event.getBundle())) {
            changed.set(true);
        }
    }

    @Override
    public List<DeployedDTO> deployed() {
        configurations.look();
        return Stream.of(
                folders.jars().stream().map(jar -> DeployedRow.of(jar.file(), installer.at(jar.location()), jar.problem())),
                foreign.map(ForeignFolder::deployed).orElse(List.of()).stream(),
                configurations.problems().entrySet().stream()
                        .map(wrong -> DeployedRow.of(wrong.getKey(), Optional.empty(), wrong.getValue())))
                .flatMap(Function.identity()).toList();
    }

    /** A bundle that is being stopped may take longer than anybody waits for this. */
    @Deactivate
    void deactivate() throws InterruptedException {
        context.removeBundleListener(listener);
        watcher.interrupt();
        watcher.join(END_MILLIS);
    }
}
