package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change of an exported package means for its version, and that a baseline loses nothing of that. */
class ExportedApiTest {

    private static final String CONSUMER = "@org.osgi.annotation.versioning.ConsumerType public interface Point { %s }";
    private static final String PROVIDER = "@org.osgi.annotation.versioning.ProviderType public interface Point { %s }";
    private static final String CLASS = "public class Point { %s }";

    @TempDir
    private Path folder;

    @Nested
    class AMajorChange {

        @Test
        void isANewMethodThatOthersHaveToImplement() throws Exception {
            assertThat(objections(CONSUMER, "void a();", "void a(); void b();", "1.9.9")).containsExactly("""
                    package p has version 1.9.9 and must have 2.0.0, after 1.0.0
                      added interface p.Point method b()""");
            assertThat(objections(CONSUMER, "void a();", "void a(); void b();", "2.0.0")).isEmpty();
        }

        @Test
        void isAMethodThatIsGone() throws Exception {
            for (String kind : List.of(PROVIDER, CONSUMER)) {
                assertThat(objections(kind, "void a(); void b();", "void a();", "1.1.0")).containsExactly("""
                        package p has version 1.1.0 and must have 2.0.0, after 1.0.0
                          removed interface p.Point method b()""");
            }
            assertThat(objections(CLASS, "public void a() { }", "", "1.1.0")).singleElement().asString().contains("2.0.0");
        }

        @Test
        void isAnotherParameterAnotherResultAndAnotherAccess() throws Exception {
            assertThat(objections(PROVIDER, "void a(int b);", "void a(long b);", "1.1.0")).containsExactly("""
                    package p has version 1.1.0 and must have 2.0.0, after 1.0.0
                      removed interface p.Point method a(int)""");
            assertThat(objections(PROVIDER, "int a();", "long a();", "1.1.0")).singleElement().asString().contains("2.0.0");
            assertThat(objections(CLASS, "public void a() { }", "protected void a() { }", "1.1.0")).singleElement().asString()
                    .contains("2.0.0");
        }

        @Test
        void isNoneBecauseTheVersionIsBelowOne() throws Exception {
            assertThat(api("0.3.0", PROVIDER, "").objections(api("0.2.0", PROVIDER, "void a();"))).singleElement().asString()
                    .contains("must have 1.0.0, after 0.2.0");
        }
    }

    @Nested
    class AMinorChange {

        @Test
        void isANewMethodThatWeImplement() throws Exception {
            assertThat(objections(PROVIDER, "void a();", "void a(); void b();", "1.0.9")).containsExactly("""
                    package p has version 1.0.9 and must have 1.1.0, after 1.0.0
                      added interface p.Point method b()""");
            assertThat(objections(PROVIDER, "void a();", "void a(); void b();", "1.1.0")).isEmpty();
        }

        @Test
        void isANewMethodOfAClassOrWithADefault() throws Exception {
            assertThat(objections(CLASS, "", "public void a() { }", "1.0.1")).singleElement().asString().contains("must have 1.1.0");
            assertThat(objections(CLASS, "", "public void a() { }", "1.1.0")).isEmpty();
            assertThat(objections(CONSUMER, "", "default void a() { }", "1.0.1")).singleElement().asString()
                    .contains("must have 1.1.0");
        }
    }

    @Test
    void anotherValueOfAConstantIsAMicroChange() throws Exception {
        assertThat(objections(CLASS, "public static final int A = 1;", "public static final int A = 2;", "1.0.0")).singleElement()
                .asString().contains("must have 1.0.1").contains("field A constant 2");
    }

    @Test
    void whatIsNotPublicDoesNotCount() throws Exception {
        assertThat(objections(CLASS, "void a() { }", "private int b; public String toString() { return null; }", "1.0.0")).isEmpty();
    }

    @Test
    void aVersionThatIsLowerThanBeforeIsTooLow() throws Exception {
        assertThat(objections(CLASS, "", "", "0.9.0")).containsExactly("package p has version 0.9.0 and must have 1.0.0, after 1.0.0");
    }

    @Test
    void aPackageThatIsNotExportedAnyMoreIsToldOf() throws Exception {
        assertThat(Baseline.read("").objections(api("1.0.0", CLASS, ""))).containsExactly(
                "package p 1.0.0 is not exported any more; who means it takes it out of the baseline by hand");
    }

    @Test
    void aNewPackageHasWhatVersionItLikes() throws Exception {
        assertThat(api("3.1.0", CLASS, "").objections(Baseline.read(""))).isEmpty();
    }

    @Test
    void aBaselineIsReadAsItWasWritten() throws Exception {
        ExportedApi api = api("1.2.3", CONSUMER, """
                String ODD = "line\\n\\\\n\\t +MAJOR -MINOR  ";
                String EMPTY = "";
                @Deprecated <T extends Exception> T[] a(java.util.Map<String, int[]> b) throws T;
                enum Kind { ONE, TWO }
                @interface Named { String[] value() default { "a b", "c" }; }
                record Pair(Kind kind, long number) { }
                """);

        String text = Baseline.write(api);

        assertThat(Baseline.write(Baseline.read(text))).isEqualTo(text).contains("package p 1.2.3\n", "enum p.Point$Kind\n");
        assertThat(api.objections(Baseline.read(text))).isEmpty();
        assertThat(Baseline.read(text).objections(api)).isEmpty();
    }

    /** What is said when a package of version 1.0.0 goes from one body of its only type to another. */
    private List<String> objections(String type, String before, String after, String version) throws Exception {
        ExportedApi recorded = Baseline.read(Baseline.write(api("1.0.0", type, before)));
        return api(version, type, after).objections(recorded);
    }

    private ExportedApi api(String version, String type, String body) throws Exception {
        Path bundle = Files.createTempDirectory(folder, "bundle");
        Compilation.compile(bundle, "package p; " + type.formatted(body));
        manifest(bundle, version);
        return ExportedApi.of(bundle);
    }

    private static void manifest(Path bundle, String version) throws IOException {
        Files.writeString(Files.createDirectory(bundle.resolve("META-INF")).resolve("MANIFEST.MF"), """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: example
                Export-Package: p;version="%s"
                """.formatted(version));
    }
}
