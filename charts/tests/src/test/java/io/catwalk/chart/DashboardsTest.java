package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards; {@code deploy/grafana/check} checks them against Grafana's types. */
class DashboardsTest {
    private static final Path FOLDER = Chart.FOLDER.resolve("dashboards");
    private static final Path GRAFANA =
            Chart.FOLDER.resolve("../../deploy/grafana").normalize();
    private static final int COLUMNS = 24;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)");

    @Test
    void arePublishedAsTheyAreInEachMode() {
        Map<String, String> files = files().stream()
                .collect(Collectors.toMap(path -> path.getFileName().toString(), DashboardsTest::text));

        assertThat(files).containsOnlyKeys("training.json", "serving.json", "rollouts.json", "pipeline.json");
        for (String values : List.of("", ValueSet.EXTERNAL.yaml())) {
            Tree published = published(values).at("data");
            assertThat(published.keys()).containsExactlyInAnyOrderElementsOf(files.keySet());
            assertThat(files)
                    .allSatisfy((name, content) ->
                            assertThat(published.at(name).text().strip()).isEqualTo(content.strip()));
        }
    }

    @Test
    void grafanasSidecarFindsThem() {
        assertThat(published(ValueSet.EXTERNAL.yaml())
                        .at("metadata", "labels", "grafana_dashboard")
                        .text())
                .isEqualTo("1");
    }

    @Test
    void localProvisioningSaysTheSameAsTheCharts() {
        Tree bundled = configMap("c-catwalk-grafana", "").at("data");
        String sources = text(GRAFANA.resolve("provisioning/datasources/prometheus.yaml"))
                .replace("$PROMETHEUS_URL", "http://c-catwalk-prometheus:9090");
        String providers = text(GRAFANA.resolve("provisioning/dashboards/catwalk.yaml"))
                .replace("$CATWALK_DASHBOARDS", "/var/lib/dashboards");

        assertThat(parsed(sources))
                .isEqualTo(parsed(bundled.at("datasources.yaml").text()));
        assertThat(parsed(providers))
                .isEqualTo(parsed(bundled.at("dashboards.yaml").text()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachPanelSaysWhatItShows(Path file) {
        assertThat(panels(file).filter(panel -> !isRow(panel))).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.at("title").text()).isNotBlank();
            assertThat(panel.at("description").text()).isNotBlank();
            assertThat(panel.at("targets").elements()).isNotEmpty();
        });
        assertThat(panels(file).map(panel -> panel.at("id").text())).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void noPanelLiesOnAnother(Path file) {
        assertThat(panels(file).flatMap(panel -> cells(panel.at("gridPos")).stream()))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void usesItsVariablesAndNoOthers(Path file) {
        Set<String> declared = parsed(text(file))
                .at("templating", "list")
                .elements()
                .map(variable -> variable.at("name").text())
                .collect(Collectors.toSet());
        Set<String> used = VARIABLE.matcher(text(file))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());

        assertThat(used).isEqualTo(declared);
    }

    @Test
    void haveIdsOfTheirOwn() {
        assertThat(files().stream().map(file -> parsed(text(file)).at("uid").text()))
                .containsExactlyInAnyOrder(
                        "catwalk-training", "catwalk-serving", "catwalk-rollouts", "catwalk-pipeline");
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Tree> panels(Path file) {
        return parsed(text(file)).at("panels").elements();
    }

    private static boolean isRow(Tree panel) {
        return panel.at("type").text().equals("row");
    }

    private static List<String> cells(Tree position) {
        int left = number(position, "x");
        int right = left + number(position, "w");
        assertThat(right).isLessThanOrEqualTo(COLUMNS);
        int top = number(position, "y");
        return IntStream.range(top, top + number(position, "h"))
                .boxed()
                .flatMap(y -> IntStream.range(left, right).mapToObj(x -> x + "/" + y))
                .toList();
    }

    private static int number(Tree position, String name) {
        return Integer.parseInt(position.at(name).text());
    }

    private static Tree published(String values) {
        return configMap("c-catwalk-dashboards", values);
    }

    private static Tree configMap(String name, String values) {
        return Chart.render(values).stream()
                .filter(resource -> resource.toString().equals("ConfigMap/" + name))
                .map(Resource::tree)
                .findFirst()
                .orElseThrow();
    }

    private static Tree parsed(String yaml) {
        return Tree.of(Chart.yaml().load(yaml));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
