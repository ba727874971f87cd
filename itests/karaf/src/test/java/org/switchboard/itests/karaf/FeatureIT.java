package org.switchboard.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Installs the feature and uses it as an operator would.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeatureIT {

    @Inject
    private BundleContext context;
    @Inject
    private SessionFactory sessions;

    @Configuration
    public Option[] karaf() {
        String version = System.getProperty("switchboard.version");
        String repository = Path.of(System.getProperty("features.repository")).normalize().toUri().toString();
        return new Option[] {
            karafDistributionConfiguration().name("Apache Karaf").karafVersion(System.getProperty("karaf.version"))
                    .frameworkUrl(new File(System.getProperty("karaf.archive")).toURI().toString())
                    .unpackDirectory(new File("target/exam")).useDeployFolder(false),
            editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshHost", "127.0.0.1"),
            editConfigurationFilePut("etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.defaultRepositories",
                    repository + "@id=switchboard"),
            systemProperty("org.ops4j.pax.exam.rbc.rmi.host").value("127.0.0.1"),
            features(repository + "org/switchboard/features/" + version + "/features-" + version + "-features.xml",
                    "switchboard"),
        };
    }

    @Test
    public void everyBundleOfTheFeatureRuns() {
        List<String> notRunning = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.switchboard."))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING)
                .map(bundle -> bundle + " in state " + bundle.getState())
                .toList();
        assertEquals(List.of(), notRunning);
        assertTrue(run("feature:list -i").contains("switchboard"));
    }

    /** What a line typed at Karaf's console prints, errors included. */
    private String run(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out)) {
            Object value = session.execute(line);
            if (value != null) {
                out.print(value);
            }
        } catch (Exception e) {
            out.print(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
