package org.switchboard.posix.internal;

import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SystemText;

/**
 * For the launcher, which shares only types of the JDK with us: moves the process to the directory of the framework property
 * {@code switchboard.directory}, and with {@code switchboard.daemon} puts /dev/null, which a daemon has as standard input, in the
 * place of standard output and error. Java looks up relative names where it started; nobody here uses any.
 */
@Component(service = Runnable.class, property = "switchboard.detachment:Boolean=true")
public final class Detachment implements Runnable {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final BundleContext context;
    private final NativeParts parts;
    private final Logger log;

    @Activate
    public Detachment(BundleContext context, @Reference NativeParts parts, @Reference(service = LoggerFactory.class) Logger log) {
        this.context = context;
        this.parts = parts;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            parts.require();
            Optional<String> directory = Optional.ofNullable(context.getProperty("switchboard.directory"));
            if (directory.isPresent()) {
                Errors.check(LibC.chdir(SystemText.terminated(directory.get())), "chdir " + directory.get());
            }
            if (Boolean.parseBoolean(context.getProperty("switchboard.daemon"))) {
                Errors.check(LibC.dup2(STDIN, STDOUT), "dup2");
                Errors.check(LibC.dup2(STDIN, STDERR), "dup2");
            }
        } catch (PosixException | RuntimeException | LinkageError e) {
            log.warn("cannot leave where the server was started: {}; staying there", e.getMessage());
        }
    }
}
