package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pod restarts when the chart changes a secret that it uses, and only then. */
class SecretsTest {
    private static final Set<String> CLIENTS = Set.of("ingestion", "training", "evaluation", "serving", "prepare");

    @AfterEach
    void forget() {
        FakeCluster.running().empty();
    }

    @Test
    void givenStoreKeys() {
        String values = "objectStore: {bundled: {accessKey: given, secretKey: %s}}";

        assertThat(restarted(values.formatted("first-secret"), values.formatted("other-secret")))
                .isEqualTo(with(CLIENTS, "object-store"));
    }

    @Test
    void keysOfAnExternalStoreAndBroker() {
        String values = """
                kafka:
                  mode: external
                  external: {bootstrapServers: "broker:9092", sasl: {mechanism: PLAIN, username: u, password: %s}}
                objectStore:
                  mode: external
                  external: {endpoint: "https://s3.example.org", accessKey: a, secretKey: %s}
                training: {storeSecret: own}
                serving: {kafkaSecret: own}
                """;

        assertThat(restarted(values.formatted("p", "s"), values.formatted("q", "s")))
                .isEqualTo(Set.of("ingestion", "training", "evaluation", "console", "prepare"));
        assertThat(restarted(values.formatted("p", "s"), values.formatted("p", "t")))
                .isEqualTo(Set.of("ingestion", "evaluation", "serving", "prepare"));
    }

    @Test
    void anotherRevisionRestartsAllThatUseSecrets() {
        for (ValueSet set : List.of(ValueSet.DEFAULTS, ValueSet.EXTERNAL)) {
            Set<String> all = restarted(set.yaml(), set.yaml() + "\nsecretsRevision: 2026-11-29");

            assertThat(all).containsAll(CLIENTS).doesNotContain("kafka", "prometheus");
            assertThat(all.contains("grafana")).isEqualTo(set == ValueSet.DEFAULTS);
        }
    }

    @Test
    void generatedOnesAreKept() {
        List<Resource> first = Chart.generating().resources("");
        FakeCluster.running().install(first);
        List<Resource> second = Chart.generating().resources("");

        assertThat(secret(first, "c-catwalk-object-store").get("secret-key")).hasSize(40);
        assertThat(secret(second, "c-catwalk-object-store")).isEqualTo(secret(first, "c-catwalk-object-store"));
        assertThat(secret(second, "c-catwalk-grafana")).isEqualTo(secret(first, "c-catwalk-grafana"));
        assertThat(restarted(first, second)).isEmpty();
    }

    @Test
    void aLostOneIsMadeAnewForAllThatUseIt() {
        List<Resource> first = Chart.generating().resources("");
        FakeCluster.running().install(first);
        FakeCluster.running().remove("Secret", "c-catwalk-object-store");

        assertThat(restarted(first, Chart.generating().resources(""))).isEqualTo(with(CLIENTS, "object-store"));

        FakeCluster.running().install(first);
        FakeCluster.running().remove("Secret", "c-catwalk-grafana");

        assertThat(restarted(first, Chart.generating().resources(""))).isEqualTo(Set.of("grafana"));
    }

    @Test
    void withoutKeysThereIsNoSecretOfTheStore() {
        List<Resource> resources = Chart.render(ValueSet.KEYLESS.yaml());

        assertThat(resources).noneMatch(resource -> resource.toString().equals("Secret/c-catwalk-object-store"));
        assertThat(resources)
                .filteredOn(resource -> resource.podSpec().isPresent() && CLIENTS.contains(component(resource)))
                .hasSize(5)
                .allSatisfy(resource -> assertThat(
                                resource.podSpec().orElseThrow().at("volumes").elements())
                        .noneMatch(volume -> volume.at("name").text().equals("secrets")));
        assertThat(settings(resources, "training").lines())
                .contains("catwalk.store.auth=workload-identity", "catwalk.store.sts-endpoint=https://sts.example.org");
        assertThat(settings(Chart.render(ValueSet.EXTERNAL.yaml()), "training")).doesNotContain("catwalk.store.auth");
    }

    private static String settings(List<Resource> resources, String service) {
        return resources.stream()
                .filter(resource -> resource.toString().equals("ConfigMap/c-catwalk-" + service))
                .map(resource ->
                        resource.tree().at("data", "application.properties").text())
                .collect(Collectors.joining());
    }

    private static Set<String> restarted(String before, String after) {
        // The bundled ones' keys are not the subject where others are given.
        Chart chart = before.contains("bundled") ? Chart.generating() : new Chart(Chart.FOLDER, "c", false);
        FakeCluster.running().install(chart.resources(before));
        return restarted(chart.resources(before), chart.resources(after));
    }

    /** Components whose pod templates differ. */
    private static Set<String> restarted(List<Resource> before, List<Resource> after) {
        Map<String, Optional<Object>> old = templates(before);
        Map<String, Optional<Object>> now = templates(after);
        assertThat(now.keySet()).isEqualTo(old.keySet());
        return now.keySet().stream()
                .filter(component -> !now.get(component).equals(old.get(component)))
                .collect(Collectors.toSet());
    }

    private static Map<String, Optional<Object>> templates(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.podSpec().isPresent())
                .collect(Collectors.toMap(
                        SecretsTest::component,
                        resource -> resource.tree().at("spec", "template").value()));
    }

    private static String component(Resource resource) {
        return resource.podMetadata()
                .at("labels", "app.kubernetes.io/component")
                .text();
    }

    private static Map<String, String> secret(List<Resource> resources, String name) {
        Tree data = resources.stream()
                .filter(resource -> resource.toString().equals("Secret/" + name))
                .map(resource -> resource.tree().at("data"))
                .findFirst()
                .orElseThrow();
        return data.keys()
                .collect(Collectors.toMap(
                        key -> key,
                        key -> new String(
                                Base64.getDecoder().decode(data.at(key).text()),
                                java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static Set<String> with(Set<String> some, String other) {
        Set<String> all = new TreeSet<>(some);
        all.add(other);
        return all;
    }
}
