package org.switchboard.deploy.internal.configuration;

import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Stands before FileInstall's reader of configuration files, and lets those pass that can be read. The reader opens every
 * file: a FIFO would hold its thread, and with it all configuration files, for good. FileInstall asks for this service; where
 * there is no FileInstall, this class is never loaded.
 */
@Component(service = ArtifactInstaller.class, property = "service.ranking:Integer=1000")
public final class ConfigurationGate implements ArtifactInstaller {

    private final BundleContext context;
    private final ConfigurationProblems problems;
    /** Guarded by this: files that the reader has not got, and the file of each configuration that it has got. */
    private final Set<File> kept = new TreeSet<>();
    private final Map<String, File> files = new HashMap<>();

    @Activate
    public ConfigurationGate(BundleContext context, @Reference ConfigurationProblems problems) {
        this.context = context;
        this.problems = problems;
    }

    @Override
    public boolean canHandle(File file) {
        return problems.concerns(file.toPath()) && (problems.obstacle(file.toPath()).isPresent() || reader(file).isPresent());
    }

    @Override
    public synchronized void install(File file) {
        if (problems.obstacle(file.toPath()).isEmpty() && isOnly(file)) {
            kept.remove(file);
            pass(file, reader -> reader.install(file));
        } else {
            kept.add(file);
        }
    }

    /** What the reader has got from a file stays until the file can be read again. */
    @Override
    public synchronized void update(File file) {
        if (problems.obstacle(file.toPath()).isEmpty() && isOnly(file)) {
            kept.remove(file);
            pass(file, reader -> reader.update(file));
        }
    }

    /** Another file of the same configuration takes its place. */
    @Override
    public synchronized void uninstall(File file) {
        String configuration = configuration(file);
        if (!kept.remove(file) && file.equals(files.getOrDefault(configuration, file))) {
            files.remove(configuration);
            pass(file, reader -> reader.uninstall(file));
            kept.stream().filter(other -> other.exists() && configuration(other).equals(configuration)).findFirst()
                    .ifPresent(this::install);
        }
        problems.read(file.toPath(), Optional.empty());
    }

    /** The reader makes one configuration of files that differ in the extension, in the sign or in the folder only. */
    private static String configuration(File file) {
        return file.getName().replaceFirst("\\.[^.]*$", "").replaceFirst("-", "~");
    }

    private boolean isOnly(File file) {
        File first = files.merge(configuration(file), file, (present, added) -> present.exists() ? present : added);
        if (!first.equals(file)) {
            problems.read(file.toPath(), Optional.of("not read, since " + first + " defines the same"));
        }
        return first.equals(file);
    }

    private interface Step {
        void with(ArtifactInstaller reader) throws Exception;
    }

    private void pass(File file, Step step) {
        Path path = file.toPath();
        Optional<ServiceReference<ArtifactInstaller>> reference = reader(file);
        if (reference.isEmpty()) {
            problems.read(path, Optional.of("nothing here reads such a file"));
            return;
        }
        try {
            step.with(context.getService(reference.get()));
            problems.read(path, Optional.empty());
        } catch (Exception wrong) {
            problems.read(path, Optional.of("cannot be read: " + wrong.getMessage()));
        } finally {
            context.ungetService(reference.get());
        }
    }

    /** The service of the highest ranking that takes the file, but for this one. */
    private Optional<ServiceReference<ArtifactInstaller>> reader(File file) {
        try {
            Collection<ServiceReference<ArtifactInstaller>> all = context.getServiceReferences(ArtifactInstaller.class, null);
            return all.stream().filter(reference -> reference.getBundle() != context.getBundle())
                    .sorted(Comparator.reverseOrder()).filter(reference -> takes(reference, file)).findFirst();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean takes(ServiceReference<ArtifactInstaller> reference, File file) {
        ArtifactInstaller installer = context.getService(reference);
        try {
            return installer != null && installer.canHandle(file);
        } finally {
            context.ungetService(reference);
        }
    }
}
