package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert and recording rules, and where they are used. */
class RulesTest {
    private static final Path RULES = Chart.FOLDER.resolve("rules/catwalk.yaml");
    private static final Path CASES = Path.of("src/test/rules");
    private static final Path LOCAL = Chart.FOLDER.resolve("../../deploy/prometheus/prometheus.yml");

    @Test
    void areRulesToPrometheus() {
        Promtool.run("check", "rules", RULES.toString());
    }

    @ParameterizedTest
    @MethodSource("caseFiles")
    void doWhatTheirCasesSay(Path cases) {
        Promtool.run("test", "rules", cases.toString());
    }

    @Test
    void aCaseThatDoesNotHoldIsFound(@TempDir Path folder) throws IOException {
        String cases = Files.readString(CASES.resolve("services.yaml"))
                .replace("../../../../catwalk/rules/catwalk.yaml", RULES.toString())
                .replace("for 2 minutes", "for 3 minutes");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), cases);

        assertThatThrownBy(() -> Promtool.run("test", "rules", wrong.toString()))
                .hasMessageContaining("CatwalkServiceDown");
    }

    @Test
    void eachAlertHasACaseInWhichItFiresAndOneInWhichItIsSilent() {
        assertThat(alertsOfCases(List::isEmpty)).containsExactlyInAnyOrderElementsOf(alerts());
        assertThat(alertsOfCases(expected -> !expected.isEmpty())).containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void eachAlertSaysHowBadItIsAndWhatToDo() {
        assertThat(rules(yaml(RULES)).filter(rule -> !rule.at("alert").text().isEmpty()))
                .isNotEmpty()
                .allSatisfy(alert -> {
                    assertThat(alert.at("labels", "severity").text()).isIn("critical", "warning", "info");
                    assertThat(alert.at("annotations").keys()).containsExactly("summary", "description", "runbook");
                });
    }

    @Test
    void theReadmeListsEachAlert() throws IOException {
        List<String> listed = Files.readAllLines(Chart.FOLDER.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `Catwalk"))
                .map(line -> line.replaceFirst("^\\| `(\\w+)` \\| (\\w+) \\|.*$", "$1 $2"))
                .toList();

        assertThat(rules(yaml(RULES))
                        .filter(rule -> !rule.at("alert").text().isEmpty())
                        .map(rule -> rule.at("alert").text() + " "
                                + rule.at("labels", "severity").text()))
                .containsExactlyElementsOf(listed);
    }

    @Test
    void anOperatorGetsThemAsTheyAre() {
        assertThat(Chart.render(ValueSet.EXTERNAL.yaml()).stream()
                        .filter(resource -> resource.kind().equals("PrometheusRule")))
                .singleElement()
                .satisfies(resource -> assertThat(resource.tree().at("spec")).isEqualTo(yaml(RULES)));
    }

    @Test
    void theBundledPrometheusTakesThem(@TempDir Path folder) throws IOException {
        Tree files = configMap("c-catwalk-prometheus");
        String config = files.at("prometheus.yml").text().replace("/etc/prometheus", folder.toString());
        for (String name : files.keys().toList()) {
            Files.writeString(folder.resolve(name), files.at(name).text());
        }
        Files.writeString(folder.resolve("prometheus.yml"), config);

        Promtool.run("check", "config", folder.resolve("prometheus.yml").toString());
        assertThat(config).contains("rule_files");
        assertThat(yaml(folder.resolve("rules-catwalk.yaml"))).isEqualTo(yaml(RULES));
    }

    @Test
    void theLocalPrometheusTakesThem() {
        Promtool.run("check", "config", LOCAL.toString());
        assertThat(yaml(LOCAL).at("rule_files").elements().map(Tree::text))
                .singleElement()
                .satisfies(glob ->
                        assertThat(LOCAL.resolveSibling(glob).normalize()).isEqualTo(RULES.resolveSibling("*.yaml")));
    }

    @Test
    void theServicesAreCalledTheSameInEachMode() {
        List<String> expected = List.of(
                "catwalk-ingestion", "catwalk-training", "catwalk-evaluation", "catwalk-serving", "catwalk-console");

        assertThat(Chart.yaml()
                        .<Object>load(configMap("c-catwalk-prometheus")
                                .at("prometheus.yml")
                                .text()))
                .satisfies(config -> assertThat(Tree.of(config)
                                .at("scrape_configs")
                                .elements()
                                .map(job -> job.at("job_name").text()))
                        .containsExactlyInAnyOrderElementsOf(expected));
        assertThat(Chart.render(ValueSet.EXTERNAL.yaml()).stream()
                        .filter(resource -> resource.kind().equals("ServiceMonitor"))
                        .flatMap(monitor ->
                                monitor.tree().at("spec", "endpoints").elements())
                        .flatMap(endpoint -> endpoint.at("relabelings").elements())
                        .filter(relabeling ->
                                relabeling.at("targetLabel").text().equals("job"))
                        .map(relabeling -> relabeling.at("replacement").text())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(yaml(LOCAL.resolveSibling("targets/services.yaml"))
                        .elements()
                        .map(target -> target.at("labels", "job").text()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    static List<Path> caseFiles() {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> alerts() {
        return rules(yaml(RULES))
                .map(rule -> rule.at("alert").text())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<String> alertsOfCases(Predicate<List<Tree>> expected) {
        return caseFiles().stream()
                .flatMap(file -> yaml(file).at("tests").elements())
                .flatMap(test -> test.at("alert_rule_test").elements())
                .filter(alert -> expected.test(alert.at("exp_alerts").elements().toList()))
                .map(alert -> alert.at("alertname").text())
                .collect(Collectors.toSet());
    }

    private static Stream<Tree> rules(Tree file) {
        return file.at("groups").elements().flatMap(group -> group.at("rules").elements());
    }

    private static Tree configMap(String name) {
        return Resource.named(Chart.render(""), "ConfigMap", name).tree().at("data");
    }

    private static Tree yaml(Path file) {
        try {
            return Tree.of(Chart.yaml().load(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
