package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files that the compose file names exist and are those of the chart; {@code deploy/compose/check} validates its schema. */
class ComposeTest {
    private static final Path FOLDER =
            Chart.FOLDER.resolve("../../deploy/compose").normalize();

    private static final List<String> SERVICES = List.of("ingestion", "training", "evaluation", "serving", "console");

    private final Tree file = yaml(FOLDER.resolve("docker-compose.yaml"));

    @Test
    void theImagesAreTheChartsOwn() {
        Tree values = yaml(Chart.FOLDER.resolve("values.yaml"));

        assertThat(Map.of(
                        "kafka", image("kafka"),
                        "object-store", image("object-store"),
                        "prometheus", image("prometheus"),
                        "grafana", image("grafana")))
                .isEqualTo(Map.of(
                        "kafka", foreign(values.at("kafka", "bundled", "image")),
                        "object-store", foreign(values.at("objectStore", "bundled", "image")),
                        "prometheus", foreign(values.at("monitoring", "prometheus", "image")),
                        "grafana", foreign(values.at("monitoring", "grafana", "image"))));
        assertThat(SERVICES.stream().map(this::image))
                .allSatisfy(image -> assertThat(image)
                        .matches("catwalk/[a-z]+:\\$\\{CATWALK_VERSION:-"
                                + System.getProperty("project.version").replace(".", "\\.") + "}"));
    }

    @Test
    void theBrokerIsSetAsTheChartsIs() {
        Map<String, String> chart = Chart.render("").stream()
                .filter(resource -> resource.toString().equals("StatefulSet/c-catwalk-kafka"))
                .flatMap(resource ->
                        resource.podSpec().orElseThrow().at("containers").elements())
                .flatMap(container -> container.at("env").elements())
                .filter(variable -> !variable.at("name").text().contains("LISTENER"))
                .collect(Collectors.toMap(
                        variable -> variable.at("name").text(),
                        variable -> variable.at("value").text()));
        Tree environment = service("kafka").at("environment");

        assertThat(chart)
                .isNotEmpty()
                .allSatisfy((name, value) ->
                        assertThat(environment.at(name).text()).as(name).isEqualTo(value));
    }

    @Test
    void whatIsMountedIsThere() {
        List<String> sources = services()
                .flatMap(name -> service(name).at("volumes").elements())
                .map(volume -> volume.text().split(":")[0])
                .toList();
        Set<String> named = file.at("volumes").keys().collect(Collectors.toSet());

        assertThat(sources)
                .containsAll(named)
                .allSatisfy(source -> assertThat(named.contains(source)
                                || (source.startsWith(".") && Files.exists(FOLDER.resolve(source))))
                        .as(source)
                        .isTrue());
    }

    @Test
    void prometheusScrapesEachServiceAtItsPort() {
        assertThat(yaml(FOLDER.resolve("targets.yaml"))
                        .elements()
                        .flatMap(target -> target.at("targets").elements())
                        .map(Tree::text))
                .hasSize(5)
                .allSatisfy(target -> {
                    String[] parts = target.split(":");
                    assertThat(service(parts[0]).at("ports").elements().map(Tree::text))
                            .contains("127.0.0.1:" + parts[1] + ":" + parts[1])
                            .allMatch(port -> port.startsWith("127.0.0.1:"));
                });
    }

    @Test
    void servicesReadTheHashesThatAreMadeFirst() {
        Tree keys = service("keys");
        String[] made =
                keys.at("volumes").elements().findFirst().orElseThrow().text().split(":");

        assertThat(keys.at("command").elements().map(Tree::text))
                .startsWith("create-keys", made[1] + "/keys.json")
                .hasSize(3);
        assertThat(SERVICES.stream().map(this::service)).allSatisfy(service -> {
            String file = service.at("environment", "CATWALK_ACCESS_KEYS_FILE").text();
            assertThat(service.at("volumes").elements().map(Tree::text))
                    .containsExactly("%s:%s:ro".formatted(made[0], file.replace("/keys.json", "")));
            assertThat(service.at("depends_on", "keys", "condition").text())
                    .isEqualTo("service_completed_successfully");
        });
    }

    @Test
    void theConsoleCallsEachServiceAtItsPortAndHasNoKeysOfTheStore() {
        Tree environment = service("console").at("environment");

        assertThat(SERVICES.stream().filter(name -> !name.equals("console"))).allSatisfy(name -> {
            String[] address = environment
                    .at("CATWALK_CONSOLE_" + name.toUpperCase(Locale.ROOT))
                    .text()
                    .split("http://|:");
            assertThat(address).containsSequence("", name);
            assertThat(service(name).at("ports").elements().map(Tree::text))
                    .contains("127.0.0.1:%1$s:%1$s".formatted(address[address.length - 1]));
        });
        assertThat(environment.keys().toList())
                .contains("KAFKA_BOOTSTRAP_SERVERS")
                .noneMatch(name -> name.contains("STORE"));
    }

    @Test
    void whoIsNamedIsAService() {
        Set<String> names = services().collect(Collectors.toSet());

        assertThat(services()
                        .map(name -> service(name).at("depends_on"))
                        .flatMap(waits ->
                                Stream.concat(waits.keys(), waits.elements().map(Tree::text))))
                .isNotEmpty()
                .isSubsetOf(names);
        assertThat(service("grafana").at("environment", "PROMETHEUS_URL").text())
                .isEqualTo("http://prometheus:9090");
        assertThat(service("training")
                        .at("environment", "KAFKA_BOOTSTRAP_SERVERS")
                        .text())
                .isEqualTo("kafka:19092");
        assertThat(service("kafka")
                        .at("environment", "KAFKA_ADVERTISED_LISTENERS")
                        .text())
                .contains("PLAINTEXT://kafka:19092", "HOST://localhost:9092");
    }

    @Test
    void whatPrometheusScrapesIsShownOnThisMachineToo() {
        assertThat(yaml(FOLDER.resolve("targets.yaml"))
                        .elements()
                        .flatMap(target -> target.at("targets").elements()))
                .hasSize(5)
                .allSatisfy(target -> {
                    String[] address = target.text().split(":");
                    assertThat(service(address[0]).at("ports").elements().map(Tree::text))
                            .contains("127.0.0.1:" + address[1] + ":" + address[1]);
                });
    }

    @Test
    void nothingListensBeyondThisMachine() {
        assertThat(services()
                        .flatMap(name -> service(name).at("ports").elements())
                        .map(Tree::text))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    private Stream<String> services() {
        return file.at("services").keys();
    }

    private Tree service(String name) {
        return file.at("services", name);
    }

    private String image(String name) {
        return service(name).at("image").text();
    }

    private static String foreign(Tree image) {
        String digest = image.at("digest").text();
        return image.at("repository").text()
                + (digest.isEmpty() ? ":" + image.at("tag").text() : "@" + digest);
    }

    private static Tree yaml(Path path) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return Tree.of(new Yaml(new SafeConstructor(options)).load(Files.readString(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
