package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Each exported interface is for plug-ins to implement or for us, and says which; its package's version rises by that. */
class RolesTest {

    /** What authors of plug-ins implement; everything else is handed to them. */
    private static final List<String> IMPLEMENTED_BY_PLUG_INS = List.of(
            "org.switchboard.api.admission.AdmissionRule", "org.switchboard.api.admission.Lease",
            "org.switchboard.api.admission.SessionRule", "org.switchboard.api.config.Dialect",
            "org.switchboard.api.config.EntrySource", "org.switchboard.api.provider.DatagramProvider",
            "org.switchboard.api.provider.DescriptorProvider", "org.switchboard.api.provider.Instance",
            "org.switchboard.api.provider.Provider", "org.switchboard.api.provider.StreamProvider",
            "org.switchboard.netty.ChannelProvider", "org.switchboard.testkit.AdmissionRuleContract",
            "org.switchboard.testkit.ChannelProviderContract", "org.switchboard.testkit.DatagramProviderContract",
            "org.switchboard.testkit.DialectContract", "org.switchboard.testkit.SessionRuleContract",
            "org.switchboard.testkit.StreamProviderContract");

    private static final String MARKER = "org.osgi.annotation.versioning.";
    private static final Pattern IMPORT = Pattern.compile("(org\\.switchboard\\.(?:api|netty)[a-z.]*);version=\"\\[(\\d+)\\.\\d+,(\\d+)(\\.\\d+)?\\)\"");

    @TempDir
    private Path storage;

    @Test
    void everyExportedInterfaceSaysWhoImplementsIt() throws Exception {
        Map<String, List<String>> markers = markers();

        assertThat(markers).hasSizeGreaterThan(40);
        for (Map.Entry<String, List<String>> type : markers.entrySet()) {
            assertThat(type.getValue()).as(type.getKey()).hasSize(type(type.getKey()).isSealed() ? 0 : 1);
        }
    }

    @Test
    void whatPlugInsImplementIsMarkedSoAndOpenToThem() throws Exception {
        List<String> consumers = new ArrayList<>();
        markers().forEach((name, markers) -> {
            if (markers.contains("ConsumerType")) {
                consumers.add(name);
            }
        });

        assertThat(consumers).containsExactlyElementsOf(IMPLEMENTED_BY_PLUG_INS);
        for (String name : consumers) {
            assertThat(type(name).isSealed()).as("%s is sealed", name).isFalse();
        }
    }

    /** The build says so in their imports: {@code [1.0,2)}, where it would be {@code [1.0,1.1)} for what we implement. */
    @Test
    void plugInsRunWithEveryMinorVersion() throws Exception {
        try (FelixFramework felix = new FelixFramework(storage)) {
            int imports = 0;
            for (Map.Entry<String, Path> location : House.bundles().entrySet()) {
                if (location.getKey().matches("org\\.switchboard\\.(provider\\..*|config\\..*|limits|access)")) {
                    Bundle bundle = felix.install(location.getValue());
                    Matcher matcher = IMPORT.matcher(bundle.getHeaders().get("Import-Package"));
                    while (matcher.find()) {
                        imports++;
                        assertThat(matcher.group(4)).as("%s imports %s", location.getKey(), matcher.group()).isNull();
                        assertThat(Integer.parseInt(matcher.group(3))).isEqualTo(Integer.parseInt(matcher.group(2)) + 1);
                    }
                }
            }
            assertThat(imports).isGreaterThan(20);
        }
    }

    /** The exported interfaces and abstract classes, and which markers each has. */
    private static Map<String, List<String>> markers() throws Exception {
        Map<String, List<String>> markers = new TreeMap<>();
        for (Path bundle : House.bundles().values()) {
            ExportedApi.of(bundle).packages().values().forEach(exported -> Arrays.stream(exported.content().children)
                    .filter(type -> type.name.startsWith(House.PREFIX))
                    .filter(type -> type.type == Type.INTERFACE || type.type == Type.CLASS && has(type, Type.ACCESS, "abstract"))
                    .forEach(type -> markers.put(type.name, List.of("ConsumerType", "ProviderType").stream()
                            .filter(marker -> has(type, Type.ANNOTATED, MARKER + marker)).toList())));
        }
        return markers;
    }

    private static boolean has(Tree.Data type, Type kind, String name) {
        return Arrays.stream(type.children).anyMatch(child -> child.type == kind && child.name.equals(name));
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, false, RolesTest.class.getClassLoader());
    }
}
