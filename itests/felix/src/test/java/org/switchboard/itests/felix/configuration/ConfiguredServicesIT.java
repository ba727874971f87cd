package org.switchboard.itests.felix.configuration;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.itests.felix.Felix;
import org.switchboard.itests.felix.Loopback;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConfiguredServicesIT {

    private static final String FACTORY = "org.switchboard.service";
    private static final String CONF = "switchboard.conf";

    @Inject
    private BundleContext context;
    @Inject
    private ConfigurationAdmin admin;
    @Inject
    private MetaTypeService metatype;
    @Inject
    private SuperServer server;

    @Configuration
    public Option[] server() throws IOException {
        Path conf = Files.createTempFile(Path.of("target").toAbsolutePath(), "inetd", ".conf");
        return new Option[] {frameworkProperty(CONF).value(conf.toString()), Felix.server()};
    }

    @After
    public void forget() throws Exception {
        org.osgi.service.cm.Configuration[] all = admin.listConfigurations("(service.factoryPid=" + FACTORY + ")");
        for (org.osgi.service.cm.Configuration one : all == null ? new org.osgi.service.cm.Configuration[0] : all) {
            one.delete();
        }
        Files.writeString(conf(), "");
        Loopback.await("nothing is served", () -> {
            server.reload();
            return server.services().isEmpty();
        });
    }

    @Test
    public void aConfigurationIsServedChangedAndForgotten() throws Exception {
        int port = Loopback.freePort();
        configure("greet", Map.of("name", port, "address", "127.0.0.1", "provider", "echo"));
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        assertEquals("hello", Loopback.talk(port, "hello"));

        configure("greet", Map.of("name", port, "address", "127.0.0.1", "provider", "daytime"));
        Loopback.await("daytime answers", () -> Loopback.talk(port, "").endsWith("\r\n"));

        admin.getFactoryConfiguration(FACTORY, "greet", "?").delete();
        Loopback.await("port " + port + " is closed", () -> !Loopback.isOpen(port));
    }

    @Test
    public void aProgramIsServedToo() throws Exception {
        int port = Loopback.freePort();
        configure("program", Map.of("name", port, "address", "127.0.0.1", "program", "/bin/echo", "user", "-",
                "arguments", new String[] {"two  words"}));
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        assertEquals("two  words\n", Loopback.talk(port, ""));
    }

    @Test
    public void badValuesAreFindingsOnTheirPidAndCostNobodyElse() throws Exception {
        int port = Loopback.freePort();
        configure("good", Map.of("name", port, "address", "127.0.0.1", "provider", "echo"));
        configure("bad", Map.of("port", "many", "protocol", "tpc"));
        Loopback.await("port " + port + " is open", () -> Loopback.isOpen(port));
        Loopback.await("both findings", () -> findings().containsAll(List.of(
                FACTORY + "~bad: error: unknown protocol 'tpc'; service skipped",
                FACTORY + "~bad: error: 'port' must be a number from 0 to 65535, not 'many'; service skipped")));
        configure("bad", Map.of("nonsense", "5", "name", Loopback.freePort(), "address", "127.0.0.1", "provider", "echo"));
        Loopback.await("an option of nobody is found", () -> findings().contains(
                FACTORY + "~bad: error: nobody here knows option 'nonsense'; nobody is served until somebody does"));
        assertEquals("still here", Loopback.talk(port, "still here"));
    }

    @Test
    public void aConfigurationOverridesALineOfTheFileAndSwitchesItOff() throws Exception {
        int port = Loopback.freePort();
        Files.writeString(conf(), "127.0.0.1:" + port + " stream tcp nowait - internal daytime\n");
        server.reload();
        String id = port + "/tcp@127.0.0.1";
        assertEquals(conf() + ":1", server.service(id).origin);

        Map<String, Object> same = Map.of("name", port, "address", "127.0.0.1", "provider", "echo");
        configure("over", same);
        Loopback.await("the configuration counts", () -> server.service(id).origin.equals(FACTORY + "~over"));
        ServiceDTO over = server.service(id);
        assertEquals(List.of("overrides '" + id + "' of " + conf() + ":1"), over.notes);
        Loopback.await("echo answers", () -> Loopback.talk(port, "hello").equals("hello"));

        Map<String, Object> off = new Hashtable<>(same);
        off.put("enabled", "false");
        configure("over", off);
        Loopback.await("it is switched off", () -> server.service(id).state == EntryState.DISABLED);
        assertTrue(server.service(id).listeners.isEmpty() && !Loopback.isOpen(port));

        admin.getFactoryConfiguration(FACTORY, "over", "?").delete();
        Loopback.await("the line counts again", () -> server.service(id).origin.equals(conf() + ":1") && Loopback.isOpen(port));
        assertTrue(Loopback.talk(port, "").endsWith("\r\n"));
        assertEquals("127.0.0.1:" + port + " stream tcp nowait - internal daytime\n", Files.readString(conf()));
    }

    @Test
    public void theMetatypeDescribesEveryKeyWithTypeDefaultAndRange() {
        Bundle config = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.switchboard.config")).findFirst().orElseThrow();
        MetaTypeInformation information = metatype.getMetaTypeInformation(config);
        assertTrue(Arrays.asList(information.getFactoryPids()).contains(FACTORY));

        ObjectClassDefinition service = information.getObjectClassDefinition(FACTORY, null);
        AttributeDefinition port = attribute(service, "port").orElseThrow();
        assertEquals(AttributeDefinition.INTEGER, port.getType());
        assertEquals("", port.validate("65535"));
        assertTrue(port.validate("65536"), !port.validate("65536").isEmpty());
        assertEquals(List.of("tcp"), List.of(attribute(service, "protocol").orElseThrow().getDefaultValue()));
        assertTrue(attribute(service, "service_max").isPresent());
        for (AttributeDefinition definition : all(service)) {
            assertTrue(definition.getID(), definition.getDescription() != null && !definition.getDescription().isEmpty());
        }
    }

    private static Optional<AttributeDefinition> attribute(ObjectClassDefinition service, String id) {
        return Stream.of(all(service)).filter(definition -> definition.getID().equals(id)).findFirst();
    }

    private static AttributeDefinition[] all(ObjectClassDefinition service) {
        return service.getAttributeDefinitions(ObjectClassDefinition.ALL);
    }

    private void configure(String name, Map<String, ?> properties) throws IOException {
        admin.getFactoryConfiguration(FACTORY, name, "?").update(new Hashtable<>(properties));
    }

    private List<String> findings() {
        return server.reload().findings().stream().map(Object::toString).toList();
    }

    private Path conf() {
        return Path.of(context.getProperty(CONF));
    }
}
