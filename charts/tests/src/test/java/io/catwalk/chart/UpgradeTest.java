package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No change of values or chart needs a change that Kubernetes refuses, except those that the README lists. */
class UpgradeTest {
    private static final String EVERYTHING = """
            fullnameOverride: held
            objectStore: {bundled: {accessKey: given, secretKey: given-secret}}
            monitoring: {grafana: {existingSecret: given}}
            httpRoute: {gateway: public}
            access: {oidc: {issuer: "https://id.example.org"}}
            console: {hosts: [console.example.org], oidc: {address: "https://console.example.org"}, httpRoute: {gateway: public}}
            """;
    private static final List<String> OTHER_BACKENDS = List.of(
            "",
            ValueSet.EXTERNAL.yaml(),
            ValueSet.EXTERNAL_INLINE.yaml(),
            ValueSet.KEYLESS.yaml(),
            ValueSet.STRIMZI.yaml());

    private final Values values = new Values();
    private final Set<String> refused = new TreeSet<>();
    private final Map<String, Integer> rendered = new TreeMap<>();

    @TempDir
    private Path folder;

    @Tag("soak")
    @Test
    void eachValueCanBeChangedButThoseThatTheReadmeNames() throws IOException {
        Chart chart = new Chart(Chart.copy(folder).folder(), "c", true);
        changeEach(chart, EVERYTHING, value -> true);
        OTHER_BACKENDS.forEach(base -> changeEach(chart, base, UpgradeTest::isOfBackends));

        assertThat(rendered).hasSizeGreaterThan(250);
        assertThat(rendered.entrySet().stream().filter(value -> value.getValue() == 0))
                .as("values that could be changed on no base")
                .isEmpty();
        assertThat(refused).isEqualTo(namedInTheReadme());
    }

    private void changeEach(Chart chart, String base, Predicate<Values.Value> which) {
        Map<String, Object> before = Values.parsed(base);
        List<Resource> installed = chart.resources(Values.file(before));
        for (Values.Value value : values.all().filter(which).toList()) {
            Map<String, Object> after = Values.over(before, values.changed(value, Tree.of(before)));
            Optional<List<Resource>> upgraded = render(chart, after);
            rendered.merge(value.name(), upgraded.isPresent() ? 1 : 0, Integer::sum);
            if (!Frozen.violations(installed, upgraded.orElse(List.of())).isEmpty()) {
                refused.add(value.name());
            }
        }
    }

    /** Each kind of backend reads other values of these; the bundled ones' pods are the same with all. */
    private static boolean isOfBackends(Values.Value value) {
        String name = value.name();
        return name.matches("(kafka|objectStore)\\..*")
                && (!name.contains(".bundled.") || name.endsWith("existingSecret"));
    }

    @Test
    void everyKindOfInstallationCanBecomeEveryOther() {
        Map<ValueSet, List<Resource>> all = new TreeMap<>();
        for (ValueSet set : ValueSet.values()) {
            all.put(set, Chart.render(set.yaml()));
        }
        all.forEach((before, installed) ->
                all.forEach((after, upgraded) -> assertThat(Frozen.violations(installed, upgraded))
                        .as("%s to %s", before, after)
                        .isEmpty()));
    }

    @Test
    void anotherVersionOfTheChartPatchesNoJob() {
        Chart chart = Chart.copy(folder);
        List<Resource> before = chart.resources("");
        List<Resource> after = chart.with(
                        "Chart.yaml",
                        "version: 0.1.0\nappVersion: 0.1.0-SNAPSHOT",
                        "version: 0.2.0+build.7\nappVersion: 0.2.0-SNAPSHOT+7")
                .resources("");

        assertThat(after).isNotEqualTo(before);
        assertThat(Frozen.violations(before, after)).isEmpty();
    }

    @Test
    void theChartsVersionAloneRestartsNothing() {
        Chart chart = Chart.copy(folder);
        Map<String, Object> before = pods(chart.resources(""));
        chart.with("Chart.yaml", "\nversion: 0.1.0", "\nversion: 0.1.1");

        assertThat(pods(chart.resources(""))).isEqualTo(before).hasSizeGreaterThan(8);
    }

    private static Map<String, Object> pods(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.podSpec().isPresent())
                .collect(Collectors.toMap(
                        Resource::toString,
                        resource ->
                                resource.tree().at("spec", "template").value().orElseThrow()));
    }

    /** Nothing where the chart's own rules refuse the combination. */
    private static Optional<List<Resource>> render(Chart chart, Map<String, Object> values) {
        try {
            return Optional.of(chart.resources(Values.file(values)));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("validate.yaml");
            return Optional.empty();
        }
    }

    private static Set<String> namedInTheReadme() throws IOException {
        String readme = Files.readString(Chart.FOLDER.resolve("README.md"));
        int begin = readme.indexOf("## What an upgrade can't change");
        String section = readme.substring(begin, readme.indexOf("\n## ", begin + 1));
        List<String> names = new ArrayList<>();
        Pattern.compile("(?m)^\\| `([A-Za-z.]+)`").matcher(section).results().forEach(row -> names.add(row.group(1)));
        return new TreeSet<>(names);
    }
}
