package org.switchboard.deploy.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.switchboard.api.runtime.DeployedDTO;
import org.switchboard.deploy.internal.file.FileObstacle;
import org.switchboard.deploy.internal.file.WholeJar;
import org.switchboard.deploy.internal.file.InvalidJarException;

/** A folder whose files the container installs: looked at when asked, and left to it. */
final class ForeignFolder {

    private final BundleContext context;
    private final Installer installer;
    private final Path folder;
    private final OwnJars own;

    ForeignFolder(BundleContext context, Installer installer, Path folder, OwnJars own) {
        this.context = context;
        this.installer = installer;
        this.folder = folder;
        this.own = own;
    }

    List<DeployedDTO> deployed() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar") && !own.contains(file)).sorted()
                    .map(this::describe).toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private DeployedDTO describe(Path file) {
        Optional<Bundle> bundle = Stream.of(context.getBundles())
                .filter(present -> present.getLocation().contains(file.toFile().toURI().getPath())).findFirst();
        return DeployedRow.of(file, bundle, bundle.map(ForeignFolder::problem).orElseGet(() -> problem(file)));
    }

    private static String problem(Bundle bundle) {
        return bundle.getState() == Bundle.INSTALLED ? "does not resolve; bundle:diag " + bundle.getBundleId() + " says why"
                : "";
    }

    private String problem(Path file) {
        try {
            Optional<String> obstacle = FileObstacle.of(file);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            WholeJar whole = WholeJar.examine(file);
            return installer.twin(whole, "").map(twin -> whole + " is installed already, from "
                    + twin.getLocation().replaceFirst("^file:", "")).orElse("not installed; log:display says why");
        } catch (InvalidJarException e) {
            return e.getMessage();
        }
    }
}
