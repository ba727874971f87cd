package org.switchboard.itests.karaf;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** An unmodified Karaf, as Pax Exam wants it described. */
final class Karaf {

    private static final String SYSTEM = "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots";
    private static final String KARS = "${karaf.data.uri}kar@id=kar.repository@multi@snapshots";

    private Karaf() {
    }

    /**
     * With the features that its distribution starts with, and nothing open but on the loopback. It downloads nothing.
     *
     * @param repositories Maven repositories, on top of those that it has anyway
     */
    static Option plain(String... repositories) {
        return composite(
            karafDistributionConfiguration().name("Apache Karaf").karafVersion(System.getProperty("karaf.version"))
                    .frameworkUrl(new File(System.getProperty("karaf.archive")).toURI().toString())
                    .unpackDirectory(new File("target/exam")).useDeployFolder(false),
            // Where nobody types, its console would prompt again and again.
            configureConsole().ignoreLocalConsole(),
            editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshHost", "127.0.0.1"),
            editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.defaultRepositories",
                    Stream.concat(Stream.of(SYSTEM, KARS, repository("exam.repository") + "@id=exam"), Stream.of(repositories))
                            .collect(Collectors.joining(", "))),
            editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.repositories", ""),
            systemProperty("org.ops4j.pax.exam.rbc.rmi.host").value("127.0.0.1"));
    }

    /** The same with a feature of ours, from the features repository. */
    static Option with(String feature) {
        return composite(plain(repository("features.repository") + "@id=switchboard"), features(featuresFile(), feature));
    }

    /** Where the features file lies in the features repository. */
    static String featuresFile() {
        String version = System.getProperty("switchboard.version");
        return repository("features.repository") + "org/switchboard/features/" + version + "/features-" + version + "-features.xml";
    }

    /** Where the repository lies that a system property names. */
    private static String repository(String property) {
        return Path.of(System.getProperty(property)).normalize().toUri().toString();
    }
}
