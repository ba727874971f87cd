package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** A star at compile time: every bundle knows the ground floor, and nobody knows a leaf. */
class DirectionTest {

    private static final String API = "org.switchboard.api";
    private static final String TESTKIT = "org.switchboard.testkit";
    private static final Set<String> GROUND_FLOOR = Set.of(API, "org.switchboard.netty", House.NETTY, "org.switchboard.posix");

    @TempDir
    private Path storage;

    @Test
    void apiResolvesAlone() throws Exception {
        try (FelixFramework felix = new FelixFramework(storage)) {
            Bundle api = felix.install(House.bundles().get(API));

            api.start();

            assertThat(api.getState()).isEqualTo(Bundle.ACTIVE);
        }
    }

    @Test
    void onlyTheGroundFloorExports() throws Exception {
        assertThat(revisions().keySet()).containsAll(GROUND_FLOOR);
        revisions().forEach((name, revision) -> {
            if (!GROUND_FLOOR.contains(name) && !name.equals(TESTKIT)) {
                assertThat(exports(revision)).as("packages exported by %s", name).isEmpty();
            }
        });
    }

    @Test
    void nobodyImportsALeaf() throws Exception {
        Map<String, BundleRevision> revisions = revisions();
        List<String> allowed = new ArrayList<>();
        GROUND_FLOOR.forEach(name -> allowed.addAll(exports(revisions.get(name))));
        assertThat(imports(revisions.get("org.switchboard.provider.echo"))).as("imports, which every provider has").isNotEmpty();

        revisions.forEach((name, revision) -> assertThat(imports(revision)).as("packages of ours imported by %s", name)
                .isSubsetOf(allowed));
    }

    @Test
    void everyExportedPackageHasAVersion() throws Exception {
        revisions().forEach((name, revision) -> {
            for (BundleCapability capability : revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE)) {
                assertThat(capability.getAttributes().get("version")).as("version of %s", capability)
                        .isNotEqualTo(Version.emptyVersion);
            }
        });
    }

    @Test
    void providersAreLoadedByTheirFirstClientOnly() throws Exception {
        try (FelixFramework felix = new FelixFramework(storage)) {
            for (Map.Entry<String, Path> bundle : House.bundles().entrySet()) {
                if (bundle.getKey().startsWith("org.switchboard.provider.")) {
                    assertThat(felix.install(bundle.getValue()).getHeaders().get("Bundle-ActivationPolicy"))
                            .as("activation policy of %s", bundle.getKey()).isEqualTo("lazy");
                }
            }
        }
    }

    @Test
    void everyBundleIsGuarded() {
        List<String> folders = new ArrayList<>(List.of(House.NETTY));
        House.folders().forEach(folder -> folders.add(folder.getFileName().toString()));

        assertThat(House.bundles().keySet()).as("bundles on the class path of this test, see its pom.xml")
                .containsExactlyInAnyOrderElementsOf(folders);
    }

    /** What each bundle declares, as the framework reads it. */
    private Map<String, BundleRevision> revisions() throws Exception {
        Map<String, BundleRevision> revisions = new HashMap<>();
        try (FelixFramework felix = new FelixFramework(storage)) {
            for (Path location : House.bundles().values()) {
                Bundle bundle = felix.install(location);
                revisions.put(bundle.getSymbolicName(), bundle.adapt(BundleRevision.class));
            }
        }
        return revisions;
    }

    private static List<String> exports(BundleRevision revision) {
        return revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream()
                .map(capability -> (String) capability.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE)).toList();
    }

    private static List<String> imports(BundleRevision revision) {
        List<String> packages = new ArrayList<>();
        for (BundleRequirement requirement : revision.getDeclaredRequirements(BundleRevision.PACKAGE_NAMESPACE)) {
            String filter = requirement.getDirectives().get("filter");
            String name = filter.replaceFirst("^.*\\(osgi\\.wiring\\.package=([^)]*)\\).*$", "$1");
            if (name.startsWith(House.PREFIX)) {
                packages.add(name);
            }
        }
        return packages;
    }
}
