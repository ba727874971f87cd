package org.switchboard.launcher;

import java.nio.file.Path;
import java.util.List;

/**
 * What a server lacks without one of the bundles of the distribution. Some are removed by an operator who does not want
 * what they do; others get lost with a disk that was full, or a copy that was cut.
 */
final class MissingBundles {

    /** No server without this. */
    private static final String NOTHING = "";

    /**
     * The bundles of the distribution by the beginning of their file names, each with what does not work without it.
     */
    private static final List<Part> PARTS = List.of(
            new Part("org.apache.felix.log-", NOTHING),
            new Part("org.osgi.service.component-", NOTHING),
            new Part("org.osgi.util.promise-", NOTHING),
            new Part("org.osgi.util.function-", NOTHING),
            new Part("org.apache.felix.configadmin-", NOTHING),
            new Part("org.apache.felix.scr-", NOTHING),
            new Part("org.switchboard.api-", NOTHING),
            new Part("org.switchboard.posix-", NOTHING),
            new Part("org.switchboard.netty.transport-", NOTHING),
            new Part("org.switchboard.netty-", NOTHING),
            new Part("org.switchboard.ports-", NOTHING),
            new Part("org.switchboard.config-", NOTHING),
            new Part("org.switchboard.dispatcher-", NOTHING),
            new Part("org.apache.felix.gogo.runtime-", "no command is answered, and SIGHUP does not reload"),
            new Part("org.switchboard.shell-", "no command is answered, and SIGHUP does not reload"),
            new Part("org.switchboard.control-", "bin/switchboard cannot talk to the server"),
            new Part("org.switchboard.config.inetd-", "no file in the form of inetd.conf is read"),
            new Part("org.switchboard.limits-", "limits are unknown, and services that set one do not run"),
            new Part("org.switchboard.access-", "rules of access are unknown, and services that set one do not run"),
            new Part("org.switchboard.logging-", "nothing is logged"),
            new Part("org.switchboard.refresh-", "after a refresh, bundles that are started on demand stay off"),
            new Part("org.switchboard.deploy-", "jar files in deploy/ are not installed"),
            new Part("org.apache.felix.fileinstall-", "services and settings in *.cfg files are not read"),
            new Part("org.apache.felix.metatype-", "the settings of services have no descriptions"),
            new Part("org.apache.felix.gogo.command-", "the commands for bundles are missing"),
            new Part("org.apache.felix.gogo.jline-", "there is no interactive shell"),
            new Part("jline-", "there is no interactive shell"),
            new Part("org.switchboard.provider.exec-", "no program is started"),
            provider("echo"), provider("discard"), provider("chargen"), provider("daytime"), provider("time"),
            provider("tcpmux"), provider("ident"));

    private record Part(String prefix, String consequence) {

        boolean isIn(Bundles bundles) {
            return bundles.jars().stream().anyMatch(jar -> jar.getFileName().toString().startsWith(prefix));
        }

        String name() {
            return prefix.substring(0, prefix.length() - 1);
        }
    }

    private MissingBundles() {
    }

    private static Part provider(String name) {
        return new Part("org.switchboard.provider." + name + "-", "internal services of that name wait for it");
    }

    /**
     * A sentence for each bundle that is not there, without which a server runs.
     *
     * @param directory where the operator looks for them
     * @throws LaunchException that names those without which it does not
     */
    static List<String> warnings(Bundles bundles, Path directory) throws LaunchException {
        List<Part> missing = PARTS.stream().filter(part -> !part.isIn(bundles)).toList();
        List<String> needed = missing.stream().filter(part -> part.consequence().equals(NOTHING)).map(Part::name).toList();
        if (!needed.isEmpty()) {
            throw new LaunchException(String.join(", ", needed) + (needed.size() == 1 ? " is" : " are") + " missing in " + directory
                    + ", and there is no server without; install this version again");
        }
        return missing.stream().map(part -> part.name() + " is missing in " + directory + ": " + part.consequence()).toList();
    }

    /** Whether this class knows what is lost without that bundle of the distribution. */
    static boolean knows(Path jar) {
        return PARTS.stream().anyMatch(part -> jar.getFileName().toString().startsWith(part.prefix()));
    }
}
