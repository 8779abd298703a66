package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** Whatever runs, runs where and with what the values say: each component alike. */
class PodsTest {
    private static final List<String> COMPONENTS = List.of(
            "ingestion",
            "training",
            "evaluation",
            "serving",
            "console",
            "prepare",
            "retention",
            "kafka.bundled",
            "objectStore.bundled",
            "monitoring.prometheus",
            "monitoring.grafana");
    private static final String SETTINGS = """
            nodeSelector: {disk: fast}
            tolerations: [{key: spot, operator: Exists, effect: NoSchedule, tolerationSeconds: 1000000000}]
            affinity:
              nodeAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: ["1"]}]}]
            topologySpreadConstraints: [{maxSkew: 2, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}]
            priorityClassName: high
            podLabels: {team: vision}
            podAnnotations: {note: "1"}
            serviceAccount: {annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/x"}}
            extraEnv: [{name: TZ, value: UTC}, {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
            extraVolumes: [{name: more, configMap: {name: more}}]
            extraVolumeMounts: [{name: more, mountPath: /more, readOnly: true}]
            """;

    private final List<Resource> resources = Chart.render(Values.file(COMPONENTS.stream()
            .map(component -> new Values.Value(List.of(component.split("\\.")), Tree.NONE).set(Values.parsed(SETTINGS)))
            .reduce(Values.parsed("retention: {enabled: true}"), Values::over)));
    private final List<Resource> pods = resources.stream()
            .filter(resource -> resource.podSpec().isPresent())
            .toList();

    @Test
    void eachIsPlacedAsItsValuesSay() {
        Tree settings = Tree.of(Values.parsed(SETTINGS));

        assertThat(pods).hasSize(11).allSatisfy(resource -> {
            Tree pod = resource.podSpec().orElseThrow();
            assertThat(pod.at("nodeSelector")).isEqualTo(settings.at("nodeSelector"));
            assertThat(pod.at("tolerations")).isEqualTo(settings.at("tolerations"));
            assertThat(pod.at("affinity")).isEqualTo(settings.at("affinity"));
            assertThat(pod.at("priorityClassName").text()).isEqualTo("high");
            assertThat(pod.at("topologySpreadConstraints").elements())
                    .singleElement()
                    .satisfies(spread -> {
                        assertThat(spread.at("maxSkew").text()).isEqualTo("2");
                        assertThat(spread.at("labelSelector", "matchLabels", "app.kubernetes.io/component"))
                                .isEqualTo(resource.podMetadata().at("labels", "app.kubernetes.io/component"));
                    });
        });
    }

    @Test
    void eachHasWhatItsValuesAdd() {
        assertThat(pods).hasSize(11).allSatisfy(resource -> {
            Tree pod = resource.podSpec().orElseThrow();
            Tree container = pod.at("containers").elements().findFirst().orElseThrow();
            assertThat(resource.podMetadata().at("labels", "team").text()).isEqualTo("vision");
            assertThat(resource.podMetadata().at("annotations", "note").text()).isEqualTo("1");
            assertThat(names(pod, "volumes")).contains("more");
            assertThat(names(container, "volumeMounts")).contains("more").hasSizeGreaterThan(2);
            assertThat(names(container, "env")).contains("TZ", "POD");
        });
        assertThat(resources.stream().filter(resource -> resource.kind().equals("ServiceAccount")))
                .hasSize(11)
                .allSatisfy(account -> assertThat(
                                account.tree().at("metadata", "annotations").keys())
                        .containsExactly("eks.amazonaws.com/role-arn"));
        resources.forEach(new StrictTypes()::check);
    }

    @Test
    void aDigestWinsOverTheTag() {
        String digest = "sha256:" + "7".repeat(64);
        List<Resource> rendered = Chart.render("""
                image: {tag: "1", digests: {ingestion: D, training: D, evaluation: D, serving: D, console: D, installation: D}}
                kafka: {bundled: {image: {digest: D}}}
                monitoring: {prometheus: {image: {digest: D}}, grafana: {image: {digest: D}}}
                objectStore: {bundled: {image: {digest: D}}}
                training: {gpu: {enabled: true}}
                """.replace("D", digest));

        assertThat(rendered.stream().flatMap(resource -> resource.podSpec().stream()))
                .hasSize(10)
                .allSatisfy(pod -> assertThat(pod.at("containers").elements())
                        .allSatisfy(container ->
                                assertThat(container.at("image").text()).endsWith("@" + digest)));
    }

    private static List<String> names(Tree tree, String list) {
        return tree.at(list)
                .elements()
                .map(element -> element.at("name").text())
                .collect(Collectors.toList());
    }
}
