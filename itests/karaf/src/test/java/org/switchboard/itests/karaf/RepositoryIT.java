package org.switchboard.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.Test;

/** Whatever a feature names is in the repository that comes with it, so that nothing is downloaded. Needs no container. */
public class RepositoryIT {

    /** Those of Karaf itself are in its own system folder. */
    private static final Pattern NAMED = Pattern.compile(">mvn:((?!org\\.apache\\.karaf)[^<]+)<");

    private final String version = System.getProperty("switchboard.version");
    private final String features = "org/switchboard/features/" + version + "/features-" + version + "-features.xml";

    @Test
    public void theKarHasEveryBundleOfEveryFeature() throws IOException {
        try (ZipFile kar = new ZipFile(new File(System.getProperty("features.kar")))) {
            try (InputStream text = kar.getInputStream(kar.getEntry("repository/" + features))) {
                assertComplete(new String(text.readAllBytes(), StandardCharsets.UTF_8),
                        path -> kar.getEntry("repository/" + path) != null);
            }
        }
    }

    /** Karaf installs every feature of every descriptor that it finds in a KAR. */
    @Test
    public void theKarHasNoDescriptorButOurs() throws IOException {
        try (ZipFile kar = new ZipFile(new File(System.getProperty("features.kar")))) {
            assertEquals(List.of("repository/" + features), kar.stream().map(ZipEntry::getName)
                    .filter(name -> name.startsWith("repository/") && name.endsWith(".xml")).toList());
        }
    }

    @Test
    public void theRepositoryHasEveryBundleOfEveryFeature() throws IOException {
        Path repository = Path.of(System.getProperty("features.repository"));
        assertComplete(Files.readString(repository.resolve(features)), path -> Files.exists(repository.resolve(path)));
    }

    private static void assertComplete(String features, Predicate<String> isThere) {
        List<String> missing = new ArrayList<>();
        int count = 0;
        Matcher named = NAMED.matcher(features);
        while (named.find()) {
            count++;
            if (!isThere.test(path(named.group(1).split("/")))) {
                missing.add(named.group(1));
            }
        }
        assertEquals("named and not there", List.of(), missing);
        assertTrue(count + " bundles", count > 15);
    }

    /** Of an artifact, {@code group/artifact/version[/type[/classifier]]}, in a Maven repository. */
    private static String path(String... artifact) {
        String type = artifact.length > 3 ? artifact[3] : "jar";
        String classifier = artifact.length > 4 ? "-" + artifact[4] : "";
        return artifact[0].replace('.', '/') + "/" + artifact[1] + "/" + artifact[2] + "/"
                + artifact[1] + "-" + artifact[2] + classifier + "." + type;
    }
}
