package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class WorkloadsTest {
    @Test
    void theImagesAreOfTheProjectsVersion() {
        assertThat(deployment(Chart.render(""), "c-catwalk-serving")
                        .at("containers")
                        .elements())
                .singleElement()
                .satisfies(container -> assertThat(container.at("image").text())
                        .isEqualTo("catwalk/serving:" + System.getProperty("project.version")));
    }

    @Test
    void servingAloneHasAPortForGrpc() {
        List<Resource> resources = Chart.render("");
        assertThat(Resource.named(resources, "Service", "c-catwalk-serving")
                        .tree()
                        .at("spec", "ports")
                        .elements()
                        .filter(port -> port.at("name").text().equals("grpc")))
                .singleElement()
                .satisfies(port -> {
                    assertThat(port.at("port").text()).isEqualTo("8085");
                    assertThat(port.at("appProtocol").text()).isEqualTo("kubernetes.io/h2c");
                });
        assertThat(Resource.named(resources, "Service", "c-catwalk-training")
                        .tree()
                        .at("spec", "ports")
                        .elements())
                .hasSize(1);
    }

    @Test
    void aTrainerWithAGpuNeedsNoSecondOne() {
        List<Resource> resources = Chart.render(ValueSet.GPU.yaml());
        Tree trainer =
                Resource.named(resources, "Deployment", "c-catwalk-training").tree();
        Tree pod = trainer.at("spec", "template", "spec");
        Tree container = pod.at("containers").elements().findFirst().orElseThrow();

        assertThat(trainer.at("spec", "strategy", "rollingUpdate", "maxSurge").text())
                .isEqualTo("0");
        assertThat(container.at("resources", "limits", "nvidia.com/gpu").text()).isEqualTo("1");
        assertThat(container.at("image").text())
                .startsWith("registry.example.org/catwalk/training:")
                .endsWith("-gpu");
        assertThat(pod.at("runtimeClassName").text()).isEqualTo("nvidia");
        assertThat(container
                        .at("env")
                        .elements()
                        .filter(variable -> variable.at("name").text().equals("CATWALK_TRAINING_DEVICE")))
                .singleElement()
                .satisfies(device -> assertThat(device.at("value").text()).isEqualTo("gpu"));
        assertThat(trainer.at("metadata", "labels", "kueue.x-k8s.io/queue-name").text())
                .isEqualTo("team");
        assertThat(trainer.at("spec", "replicas").value()).isEmpty();
    }

    @Test
    void onlyTheTrainerGetsTheGpu() {
        Tree pod = deployment(Chart.render(ValueSet.GPU.yaml()), "c-catwalk-evaluation");
        Tree container = pod.at("containers").elements().findFirst().orElseThrow();

        assertThat(container.at("resources", "limits").keys()).doesNotContain("nvidia.com/gpu");
        assertThat(pod.at("runtimeClassName").value()).isEmpty();
    }

    @Test
    void aPodGetsRequestsOnceItIsReadyForThem() {
        Tree container = deployment(Chart.render(""), "c-catwalk-serving")
                .at("containers")
                .elements()
                .findFirst()
                .orElseThrow();

        assertThat(container.at("readinessProbe", "httpGet", "path").text()).isEqualTo("/q/health/ready");
        assertThat(container.at("livenessProbe", "httpGet", "path").text()).isEqualTo("/q/health/live");
        assertThat(container
                        .at("ports")
                        .elements()
                        .map(port -> port.at("name").text() + " "
                                + port.at("containerPort").text()))
                .containsExactly("http 8080", "grpc 8085", "management 8090");
    }

    @Test
    void clientsOfGrpcMayBalanceOverReadyPods() {
        Tree headless = Resource.named(Chart.render(""), "Service", "c-catwalk-serving-headless")
                .tree();

        assertThat(headless.at("spec", "clusterIP").text()).isEqualTo("None");
        assertThat(headless.at("spec", "publishNotReadyAddresses").value()).isEmpty();
        assertThat(headless.at("spec", "ports").elements()).singleElement().satisfies(port -> {
            assertThat(port.at("name").text()).isEqualTo("grpc");
            assertThat(port.at("targetPort").text()).isEqualTo("grpc");
        });
    }

    @Test
    void aServiceRollsWhenItsSettingsChange() {
        String before = settingsChecksum("");
        String after = settingsChecksum("training: {config: {catwalk.jobs.poll: 2s}}");

        assertThat(after).isNotEqualTo(before);
        assertThat(settingsChecksum("serving: {replicas: 5}")).isEqualTo(before);
    }

    @Test
    void anotherPlanIsAnotherPrepareJob() {
        String before = prepareJob("");

        assertThat(prepareJob("")).isEqualTo(before);
        assertThat(prepareJob("kafka: {topics: {partitions: 4}}")).isNotEqualTo(before);
        assertThat(prepareJob("image: {tag: other}")).isNotEqualTo(before);
    }

    @Test
    void theCatalogueIsWrittenAsTheServiceReadsIt() {
        List<Resource> resources = Chart.render(ValueSet.CATALOGUE.yaml());
        String settings = Resource.named(resources, "ConfigMap", "c-catwalk-ingestion")
                .tree()
                .at("data", "application.properties")
                .text();

        assertThat(settings.lines())
                .contains(
                        "catwalk.ingestion.catalogue.fashion-mnist.folder=/catalogue/fashion-mnist/fashion/v1",
                        "catwalk.ingestion.catalogue.fashion-mnist.label-names=T-shirt\\\\, top,Trouser",
                        "catwalk.ingestion.catalogue.fashion-mnist.validation-size=100",
                        "catwalk.ingestion.catalogue.\"digits.v2\".store-prefix=incoming/digits/");
    }

    @Test
    void aServiceMayHaveKeysOfItsOwn() {
        List<Resource> resources = Chart.render(ValueSet.EXTERNAL.yaml());

        assertThat(secrets(resources, "c-catwalk-training")).contains("store-training", "kafka-training");
        assertThat(secrets(resources, "c-catwalk-serving")).contains("store-keys", "kafka-user");
    }

    private static List<String> secrets(List<Resource> resources, String name) {
        return deployment(resources, name)
                .at("volumes")
                .elements()
                .flatMap(volume -> volume.at("projected", "sources").elements())
                .map(source -> source.at("secret", "name").text())
                .toList();
    }

    private static String settingsChecksum(String values) {
        return Resource.named(Chart.render(values), "Deployment", "c-catwalk-training")
                .podMetadata()
                .at("annotations", "checksum/settings")
                .text();
    }

    private static String prepareJob(String values) {
        return Chart.render(values).stream()
                .filter(resource -> resource.kind().equals("Job"))
                .map(Resource::name)
                .findFirst()
                .orElseThrow();
    }

    private static Tree deployment(List<Resource> resources, String name) {
        return Resource.named(resources, "Deployment", name).podSpec().orElseThrow();
    }
}
