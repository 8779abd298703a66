package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;

/** Every allowed release name, chart version and override gives valid Kubernetes names and labels. */
class NamesTest {
    private static final List<String> KINDS = List.of(
            "{}",
            ValueSet.STRIMZI.yaml(),
            ValueSet.GPU.yaml(),
            ValueSet.ENTRY.yaml(),
            ValueSet.CATALOGUE.yaml(),
            "monitoring: {mode: operator}");

    private static Path folder;
    private static String original;

    @BeforeContainer
    static void copy() throws Exception {
        folder = Files.createTempDirectory("chart");
        Chart.copy(folder);
        original = Files.readString(folder.resolve("Chart.yaml"));
    }

    @AfterContainer
    static void delete() throws Exception {
        FileUtils.deleteDirectory(folder.toFile());
    }

    @Property(tries = 50, shrinking = ShrinkingMode.BOUNDED)
    void everyNameFits(
            @ForAll("releases") String release,
            @ForAll("overrides") String nameOverride,
            @ForAll("overrides") String fullnameOverride,
            @ForAll("prefixes") String topicPrefix,
            @ForAll("versions") String version,
            @ForAll("kinds") String kind)
            throws Exception {
        Files.writeString(
                folder.resolve("Chart.yaml"),
                original.replace("\nversion: 0.1.0", "\nversion: " + version)
                        .replace("appVersion: 0.1.0-SNAPSHOT", "appVersion: \"" + version + "\""));
        Map<String, Object> names = Map.of(
                "nameOverride",
                nameOverride,
                "fullnameOverride",
                fullnameOverride,
                "kafka",
                Map.of("topicPrefix", topicPrefix));

        List<Resource> resources =
                new Chart(folder, release, false).resources(Values.file(Values.over(Values.parsed(kind), names)));

        assertThat(resources.stream().flatMap(NameRules::broken)).isEmpty();
        assertThat(resources.stream().map(Resource::toString)).doesNotHaveDuplicates();
        StrictTypes types = new StrictTypes();
        resources.forEach(types::check);
    }

    @Provide
    Arbitrary<String> releases() {
        Arbitrary<String> part = label(30);
        return Arbitraries.oneOf(
                        part,
                        label(53),
                        part.list().ofMinSize(2).ofMaxSize(3).map(parts -> String.join(".", parts)),
                        Arbitraries.of("123", "true", "null", "1e3", "0x1f", "y", "catwalk", "a.b", "a".repeat(53)),
                        Arbitraries.integers().between(35, 45).map(length -> "r".repeat(length - 8)))
                .filter(name -> name.length() <= 53);
    }

    @Provide
    Arbitrary<String> overrides() {
        return Arbitraries.oneOf(
                Arbitraries.just(""), Arbitraries.just(""), label(63), Arbitraries.of("123", "true", "x".repeat(40)));
    }

    @Provide
    Arbitrary<String> prefixes() {
        return Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withCharRange('A', 'Z')
                        .withChars("0123456789._-")
                        .ofMaxLength(64),
                Arbitraries.of("Team_A.", "-.", "..", "_", "123.", "1e3", "true."));
    }

    @Provide
    Arbitrary<String> versions() {
        return Arbitraries.of("0.1.0", "1.2.3+build.5", "10.0.0-rc.1+" + "7".repeat(70), "1.0.0--");
    }

    @Provide
    Arbitrary<String> kinds() {
        return Arbitraries.of(KINDS);
    }

    @Test
    void aShortNameStaysAsItIs() {
        assertThat(workloads("c")).contains("c-catwalk-serving");
        assertThat(workloads("my-catwalk")).contains("my-catwalk-serving");
        assertThat(workloads("r".repeat(31))).contains("r".repeat(31) + "-catwalk-serving");
    }

    @Test
    void releasesThatAreCutAlikeStayApart() {
        String begin = "r".repeat(50);

        assertThat(workloads(begin + "a")).doesNotContainAnyElementsOf(workloads(begin + "b"));
        assertThat(workloads("a.b")).doesNotContainAnyElementsOf(workloads("a-b"));
    }

    private static Set<String> workloads(String release) {
        return new Chart(Chart.FOLDER, release, false)
                .resources("").stream().map(Resource::name).collect(Collectors.toSet());
    }

    private static Arbitrary<String> label(int most) {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(most)
                .filter(name -> !name.startsWith("-") && !name.endsWith("-"));
    }
}
