package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What adds and removes pods. */
class AutoscalingTest {
    private static final Path OPERATIONS = Chart.FOLDER.resolve("../../docs/operations.md");

    @Test
    void trainersAreScaledByRunsAndNeverToNone() {
        Tree scaled = Resource.named(Chart.render(ValueSet.GPU.yaml()), "ScaledObject", "c-catwalk-training")
                .tree();

        assertThat(scaled.at("spec", "minReplicaCount").text()).isEqualTo("1");
        assertThat(scaled.at("spec", "triggers").elements())
                .singleElement()
                .satisfies(trigger ->
                        assertThat(trigger.at("metadata", "query").text()).contains("max by (state) (catwalk_runs"));
    }

    @Test
    void kedaCountsTheRunsAndImagesOfItsOwnNamespaceAlone() {
        List<Resource> resources = Chart.render("""
                monitoring: {mode: operator}
                training: {keda: {enabled: true, prometheusAddress: "http://prometheus:9090"}}
                serving: {autoscaling: {type: keda, prometheusAddress: "http://prometheus:9090"}}
                """);

        assertThat(queries(resources, "c-catwalk-training"))
                .containsExactly("sum(max by (state) (catwalk_runs{namespace=\"%s\", state=~\"open|running\"}))"
                        .formatted(Chart.NAMESPACE));
        assertThat(queries(resources, "c-catwalk-serving"))
                .containsExactly(
                        "sum(avg_over_time(catwalk_queue_depth{namespace=\"%s\"}[1m]))".formatted(Chart.NAMESPACE));
        assertThat(queries(Chart.render(ValueSet.GPU.yaml()), "c-catwalk-serving"))
                .as("of the bundled Prometheus")
                .containsExactly("sum(avg_over_time(catwalk_queue_depth[1m]))");
    }

    @ParameterizedTest
    @CsvSource({"none, 2", "cpu,", "prometheus-adapter,", "keda,"})
    void anAutoscalerOwnsTheReplicas(String type, String replicas) {
        List<Resource> resources = Chart.render("""
                monitoring: {mode: operator}
                serving: {autoscaling: {type: %s, prometheusAddress: "http://prometheus:9090"}}
                """.formatted(type));

        assertThat(Resource.named(resources, "Deployment", "c-catwalk-serving")
                        .tree()
                        .at("spec", "replicas")
                        .value()
                        .map(Object::toString))
                .isEqualTo(Optional.ofNullable(replicas));
        assertThat(resources.stream()
                        .filter(resource -> List.of("HorizontalPodAutoscaler", "ScaledObject")
                                .contains(resource.kind())))
                .hasSize(replicas == null ? 1 : 0)
                .allSatisfy(scaler -> assertThat(scaler.tree()
                                .at("spec", "scaleTargetRef", "name")
                                .text())
                        .isEqualTo("c-catwalk-serving"));
    }

    @Test
    void servingIsScaledByImagesThatWaitAndGoesSlowly() {
        Tree scaler = Resource.named(
                        Chart.render(ValueSet.EXTERNAL.yaml()), "HorizontalPodAutoscaler", "c-catwalk-serving")
                .tree();

        assertThat(scaler.at("spec", "metrics").elements().toList())
                .extracting(metric -> metric.at("type").text())
                .containsExactly("Resource", "Pods");
        assertThat(scaler.at("spec", "metrics").elements().skip(1))
                .singleElement()
                .satisfies(waiting -> {
                    assertThat(waiting.at("pods", "metric", "name").text()).isEqualTo("catwalk_waiting_images");
                    assertThat(waiting.at("pods", "target", "averageValue").text())
                            .isEqualTo("32");
                });
        assertThat(scaler.at("spec", "behavior", "scaleDown", "stabilizationWindowSeconds")
                        .text())
                .isEqualTo("300");
    }

    /** The rule of the documentation gives the metric that the autoscaler asks for, by a query that Prometheus understands. */
    @Test
    void theAdaptersRuleGivesWhatIsAskedFor(@TempDir Path folder) throws IOException {
        String text = Files.readString(OPERATIONS);
        String yaml = text.substring(text.indexOf("```yaml\nrules:") + 8);
        Tree rule = Tree.of(Chart.yaml().load(yaml.substring(0, yaml.indexOf("```"))))
                .at("rules", "custom")
                .elements()
                .findFirst()
                .orElseThrow();
        String query = rule.at("metricsQuery")
                .text()
                .replace("<<.GroupBy>>", "pod")
                .replace("<<.Series>>", "catwalk_queue_depth")
                .replace("<<.LabelMatchers>>", "namespace=\"n\", pod=~\"a|b\"");
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"),
                "groups: [{name: g, rules: [{record: %s, expr: '%s'}]}]"
                        .formatted(rule.at("name", "as").text(), query));
        Path cases = Files.writeString(folder.resolve("cases.yaml"), """
                rule_files: [%s]
                tests:
                  - interval: 15s
                    input_series:
                      - {series: 'catwalk_queue_depth{namespace="n", pod="a", model="m", version="1"}', values: "0 0 80 0 0"}
                      - {series: 'catwalk_queue_depth{namespace="n", pod="a", model="o", version="1"}', values: "10x4"}
                      - {series: 'catwalk_queue_depth{namespace="other", pod="b", model="m", version="1"}', values: "99x4"}
                    promql_expr_test:
                      - {expr: catwalk_waiting_images, eval_time: 1m, exp_samples: [{labels: 'catwalk_waiting_images{pod="a"}', value: 26}]}
                """.formatted(rules));

        Promtool.run("test", "rules", cases.toString());
        assertThat(rule.at("seriesQuery").text()).startsWith("catwalk_queue_depth{");
    }

    private static List<String> queries(List<Resource> resources, String scaled) {
        return Resource.named(resources, "ScaledObject", scaled)
                .tree()
                .at("spec", "triggers")
                .elements()
                .filter(trigger -> trigger.at("type").text().equals("prometheus"))
                .map(trigger -> trigger.at("metadata", "query").text())
                .toList();
    }
}
