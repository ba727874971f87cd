package org.switchboard.karaf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.junit.jupiter.api.Test;
import org.switchboard.shell.internal.InetdCommands;

/** Whoever knows the commands in Gogo knows them in Karaf, too. */
class SameCommandsTest {

    /** Karaf adds it to every command; and it completes without being taught. */
    private static final Set<String> OF_GOGO_ALONE = Set.of("-h", "--help");
    /** Karaf has a help and a watch of its own. */
    private static final Set<String> COMMANDS_OF_GOGO_ALONE = Set.of("completion", "help", "watch");

    private static final Set<String> LOOKING = Set.of("list", "show", "sessions", "ports", "providers", "deployed", "check", "convert", "try");
    private static final Path ACCESS_LIST =
            Path.of("../../features/src/main/feature/org.apache.karaf.command.acl.inetd.cfg");

    @Test
    void karafHasTheCommandsAndOptionsOfGogo() throws Exception {
        assertThat(inKaraf()).isEqualTo(inGogo()).hasSizeGreaterThan(10);
    }

    /** A command without a line would be for administrators alone, by the line for commands of other bundles. */
    @Test
    void theAccessListOfTheFeatureSaysWhoMayUseEachCommand() throws Exception {
        Properties roles = new Properties();
        try (Reader list = Files.newBufferedReader(ACCESS_LIST)) {
            roles.load(list);
        }

        assertThat(roles.stringPropertyNames()).contains("*").containsAll(inKaraf().keySet());
        assertThat(roles.stringPropertyNames()).as("no line for a command that is not there")
                .hasSize(inKaraf().size() + 1);
        assertThat(roles).as("what changes something").allSatisfy((command, who) ->
                assertThat(who.toString().contains("viewer")).isEqualTo(LOOKING.contains(command.toString())));
    }

    /** The options of each command. */
    private static Map<String, Set<String>> inGogo() {
        Map<String, Set<String>> commands = new TreeMap<>();
        for (Method method : InetdCommands.class.getMethods()) {
            String name = method.getName().replaceFirst("^_(?!_)", "");
            if (method.isAnnotationPresent(Descriptor.class) && !name.startsWith("__") && !COMMANDS_OF_GOGO_ALONE.contains(name)) {
                Set<String> options = new TreeSet<>();
                for (Parameter parameter : method.getParameters()) {
                    for (var option : parameter.getAnnotationsByType(org.apache.felix.service.command.Parameter.class)) {
                        options.addAll(Set.of(option.names()));
                    }
                }
                options.removeAll(OF_GOGO_ALONE);
                commands.put(name, options);
            }
        }
        return commands;
    }

    private static Map<String, Set<String>> inKaraf() throws Exception {
        Map<String, Set<String>> commands = new TreeMap<>();
        for (Class<?> action : classes()) {
            Command command = action.getAnnotation(Command.class);
            if (command != null) {
                assertThat(command.scope()).isEqualTo("inetd");
                Set<String> options = new TreeSet<>();
                Stream.of(action.getDeclaredFields()).flatMap(field -> Stream.of(field.getAnnotationsByType(Option.class)))
                        .forEach(option -> {
                            options.add(option.name());
                            options.addAll(Set.of(option.aliases()));
                        });
                commands.put(command.name(), options);
            }
        }
        return commands;
    }

    /** All classes of the package, as Karaf finds them. */
    private static Set<Class<?>> classes() throws IOException, ReflectiveOperationException {
        Path folder = Path.of("target/classes/org/switchboard/karaf/internal");
        Set<Class<?>> classes = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                classes.add(Class.forName("org.switchboard.karaf.internal."
                        + file.getFileName().toString().replaceFirst("\\.class$", "")));
            }
        }
        return classes;
    }
}
