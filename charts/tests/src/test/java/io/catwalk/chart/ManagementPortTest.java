package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes and metrics are where each service has them, in each way of running it. */
class ManagementPortTest {
    private static final Path ROOT = Chart.FOLDER.resolve("../..").normalize();

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "training", "evaluation", "serving", "console"})
    void allProbesAskIt(String service) {
        Tree container = container(service);

        assertThat(container.at("ports").elements())
                .filteredOn(port -> port.at("name").text().equals("management"))
                .singleElement()
                .satisfies(port -> assertThat(port.at("containerPort").text()).isEqualTo(portOf(service)));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.at(probe, "httpGet", "port").text()).as(probe).isEqualTo("management");
        }
    }

    /** By the port's name: pods from before it aren't asked for what they haven't got, during an upgrade and a rollback. */
    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "training", "evaluation", "serving", "console"})
    void eachPrometheusScrapesThePodsThatHaveIt(String service) {
        Stream<Tree> monitored = Resource.named(
                        Chart.render("monitoring: {mode: operator}"), "ServiceMonitor", "c-catwalk-" + service)
                .tree()
                .at("spec", "endpoints")
                .elements();

        assertThat(bundled(service).at("dns_sd_configs").elements())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.at("type").text()).isEqualTo("SRV");
                    assertThat(found.at("names").elements().map(Tree::text))
                            .containsExactly(
                                    "_management._tcp.c-catwalk-" + service + "-pods." + Chart.NAMESPACE + ".svc");
                });
        assertThat(monitored.map(endpoint -> endpoint.at("port").text())).containsExactly("management", "http");
    }

    /** SRV records name a pod by its address; targets are addresses, which are shorter in a legend. */
    @Test
    void thePodsAreCalledByTheirAddresses() {
        assertThat(bundled("training").at("relabel_configs").elements())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.at("source_labels").elements().map(Tree::text))
                            .containsExactly("__address__");
                    assertThat(rule.at("target_label").text()).isEqualTo("__address__");
                    assertThat("10-1-2-3.c-catwalk-training-pods.pipeline.svc.cluster.local:8092"
                                    .replaceFirst(
                                            "^" + rule.at("regex").text() + "$",
                                            rule.at("replacement").text()))
                            .isEqualTo("10.1.2.3:8092");
                });
    }

    /** The endpoint for pods from before drops those that have the label. */
    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "training", "evaluation", "serving", "console"})
    void noPodIsScrapedTwice(String service) {
        List<Resource> resources = Chart.render("monitoring: {mode: operator}");
        Tree labels = Resource.named(resources, "Deployment", "c-catwalk-" + service)
                .podMetadata()
                .at("labels");
        Tree earlier = Resource.named(resources, "ServiceMonitor", "c-catwalk-" + service)
                .tree()
                .at("spec", "endpoints")
                .elements()
                .filter(endpoint -> endpoint.at("port").text().equals("http"))
                .findFirst()
                .orElseThrow();

        assertThat(earlier.at("relabelings")
                        .elements()
                        .map(rule -> rule.at("action").text()))
                .containsExactly("drop", "replace");
        assertThat(earlier.at("relabelings")
                        .elements()
                        .flatMap(rule -> rule.at("sourceLabels").elements())
                        .map(Tree::text))
                .singleElement()
                .satisfies(label -> assertThat(labels.keys()
                                .map(key ->
                                        "__meta_kubernetes_pod_labelpresent_" + key.replaceAll("[^a-zA-Z0-9_]", "_")))
                        .contains(label));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "training", "evaluation", "serving", "console"})
    void itIsInAServiceOfItsOwn(String service) {
        List<Resource> resources = Chart.render("");
        Tree pods = Resource.named(resources, "Service", "c-catwalk-" + service + "-pods")
                .tree()
                .at("spec");

        assertThat(pods.at("clusterIP").text()).isEqualTo("None");
        assertThat(pods.at("publishNotReadyAddresses").isTrue()).isTrue();
        assertThat(pods.at("ports").elements()).singleElement().satisfies(port -> {
            assertThat(port.at("name").text()).isEqualTo("management");
            assertThat(port.at("targetPort").text()).isEqualTo("management");
        });
        assertThat(resources.stream()
                        .filter(resource -> resource.kind().equals("Service"))
                        .filter(resource -> !resource.name().endsWith("-pods"))
                        .flatMap(resource -> resource.tree().at("spec", "ports").elements())
                        .map(port -> port.at("name").text()))
                .doesNotContain("management");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "training", "evaluation", "serving", "console"})
    void thePrometheusOfOneMachineAndOfComposeScrapeIt(String service) {
        String port = portOf(service);

        assertThat(targets("deploy/prometheus/targets/services.yaml", service)).containsExactly("127.0.0.1:" + port);
        assertThat(targets("deploy/compose/targets.yaml", service)).containsExactly(service + ":" + port);
    }

    /** A job of the bundled Prometheus. */
    private static Tree bundled(String service) {
        Object config = Chart.yaml()
                .load(Resource.named(Chart.render(""), "ConfigMap", "c-catwalk-prometheus")
                        .tree()
                        .at("data", "prometheus.yml")
                        .text());
        return Tree.of(config)
                .at("scrape_configs")
                .elements()
                .filter(job -> job.at("job_name").text().equals("catwalk-" + service))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> targets(String file, String service) {
        return yaml(ROOT.resolve(file))
                .elements()
                .filter(target -> target.at("labels", "job").text().equals("catwalk-" + service))
                .flatMap(target -> target.at("targets").elements())
                .map(Tree::text);
    }

    private static Tree container(String service) {
        return Resource.named(Chart.render(""), "Deployment", "c-catwalk-" + service)
                .podSpec()
                .orElseThrow()
                .at("containers")
                .elements()
                .findFirst()
                .orElseThrow();
    }

    /** As the service itself sets it. */
    private static String portOf(String service) {
        Properties settings = new Properties();
        Path file = ROOT.resolve("services/" + service + "/src/main/resources/application.properties");
        try (var reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings.getProperty("quarkus.management.port");
    }

    private static Tree yaml(Path file) {
        try {
            return Tree.of(Chart.yaml().load(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
