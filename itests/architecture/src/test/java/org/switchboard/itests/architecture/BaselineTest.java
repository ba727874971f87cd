package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a bundle exports is what its {@code baseline.txt} says, and a package that is not any more has a version that
 * says so. With {@code -Dbaseline.record} the file is written, unless a version is too low.
 */
class BaselineTest {

    private static final String COMMAND = "mvn package -DskipTests -pl itests/architecture -am -Dbaseline.record";
    private static final boolean RECORD = System.getProperty("baseline.record") != null;

    @TestFactory
    Stream<DynamicTest> exportedPackagesAreThoseOfTheBaseline() {
        Map<String, Path> bundles = House.bundles();
        return House.folders().stream().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(),
                () -> compare(ExportedApi.of(bundles.get(folder.getFileName().toString())), folder.resolve("baseline.txt"))));
    }

    private static void compare(ExportedApi now, Path file) throws Exception {
        assertThat(now.objections(Baseline.read(recorded(file)))).as("%s", file).isEmpty();
        if (RECORD && !recorded(file).equals(Baseline.write(now))) {
            Files.writeString(file, Baseline.write(now));
        }
        assertThat(recorded(file)).as("%s says something else than the bundle exports, whose versions are high enough; record it: %s",
                file, COMMAND).isEqualTo(Baseline.write(now));
    }

    private static String recorded(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
