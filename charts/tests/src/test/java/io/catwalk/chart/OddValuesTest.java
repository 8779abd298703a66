package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Values of maps keep their text from the values file, whatever they look like. */
class OddValuesTest {
    /** As YAML of a values file, and as the text that Kubernetes or a properties file must get. */
    private static final Map<String, String> SCALARS = Map.ofEntries(
            Map.entry("16777216", "16777216"),
            Map.entry("9007199254740991", "9007199254740991"),
            Map.entry("1000000", "1000000"),
            Map.entry("0", "0"),
            Map.entry("0.1", "0.1"),
            Map.entry("1.25", "1.25"),
            Map.entry("true", "true"),
            Map.entry("false", "false"),
            Map.entry("\"true\"", "true"),
            Map.entry("\"null\"", "null"),
            Map.entry("\"123\"", "123"),
            Map.entry("\"007\"", "007"),
            Map.entry("\"0x1F\"", "0x1F"),
            Map.entry("\"1e3\"", "1e3"),
            Map.entry("\"12345678901234567890\"", "12345678901234567890"),
            Map.entry("\"yes\"", "yes"),
            Map.entry("\"n\"", "n"),
            Map.entry("\"2026-11-29\"", "2026-11-29"),
            Map.entry("\"1_000\"", "1_000"),
            Map.entry("\"\"", ""));

    /** Where there are no rules for the text, but that it is one line. */
    private static final Map<String, String> LINES = Map.of(
            "\"~\"", "~",
            "\"12:30:45\"", "12:30:45",
            "\"- a: {b: [c]} # d\"", "- a: {b: [c]} # d",
            "'\"quoted\"'", "\"quoted\"",
            "\" space \"", " space ",
            "\"ü €\"", "ü €");

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

    private final StrictTypes types = new StrictTypes();

    @Test
    void everyFreeMapIsTriedHere() {
        Set<String> maps = new Values()
                .all()
                .filter(value -> value.schema()
                        .at("additionalProperties")
                        .keys()
                        .findAny()
                        .isPresent())
                .map(value -> value.path().getLast())
                .collect(Collectors.toSet());

        assertThat(maps)
                .containsExactlyInAnyOrder(
                        "podLabels",
                        "podAnnotations",
                        "annotations",
                        "nodeSelector",
                        "labels",
                        "config",
                        "requests",
                        "limits");
    }

    @Test
    void labelsAndAnnotationsOfPods() {
        List<Resource> pods = render(Map.of(
                        "podLabels", map(SCALARS),
                        "podAnnotations", map(both()),
                        "nodeSelector", map(SCALARS)))
                .stream()
                .filter(resource -> resource.podSpec().isPresent())
                .toList();

        assertThat(pods).hasSize(10).allSatisfy(pod -> {
            assertThat(texts(pod.podMetadata().at("labels"))).containsAllEntriesOf(expected(SCALARS));
            assertThat(texts(pod.podMetadata().at("annotations"))).containsAllEntriesOf(expected(both()));
            assertThat(texts(pod.podSpec().orElseThrow().at("nodeSelector"))).isEqualTo(expected(SCALARS));
        });
    }

    @Test
    void annotationsOfServiceAccounts() {
        assertThat(render(Map.of("serviceAccount", Map.of("annotations", map(both())))).stream()
                        .filter(resource -> resource.kind().equals("ServiceAccount")))
                .hasSize(10)
                .allSatisfy(account -> assertThat(texts(account.tree().at("metadata", "annotations")))
                        .isEqualTo(expected(both())));
    }

    @Test
    void environmentVariables() {
        Map<String, String> all = expected(both());
        List<Object> variables = map(both()).entrySet().stream()
                .<Object>map(entry -> Map.of("name", entry.getKey(), "value", entry.getValue()))
                .toList();

        assertThat(render(Map.of("extraEnv", variables)).stream()
                        .filter(resource -> resource.podSpec().isPresent()))
                .hasSize(10)
                .allSatisfy(pod -> assertThat(
                                pod.podSpec().orElseThrow().at("containers").elements())
                        .singleElement()
                        .satisfies(container -> assertThat(container
                                        .at("env")
                                        .elements()
                                        .collect(Collectors.toMap(
                                                variable -> variable.at("name").text(),
                                                variable -> variable.at("value").text())))
                                .containsAllEntriesOf(all)));
    }

    @Test
    void settingsOfServices() {
        List<Resource> resources = checked(COMPONENTS.stream()
                .limit(5)
                .map(service -> nested(service, Map.of("config", map(both()))))
                .reduce(Map.of(), Values::over));
        for (String service : COMPONENTS.subList(0, 5)) {
            assertThat(settings(resources, service)).containsAllEntriesOf(expected(both()));
        }
    }

    @Test
    void labelsOfTheOperatorAndAnnotationsOfTheIngresses() {
        List<Resource> resources = checked(Map.of(
                "monitoring", Map.of("mode", "operator", "operator", Map.of("labels", map(SCALARS))),
                "ingress", Map.of("enabled", true, "annotations", map(both())),
                "console", Map.of("ingress", Map.of("enabled", true, "host", "console", "annotations", map(both())))));

        assertThat(resources)
                .filteredOn(
                        resource -> Set.of("ServiceMonitor", "PrometheusRule").contains(resource.kind()))
                .hasSizeGreaterThan(4)
                .allSatisfy(resource -> assertThat(texts(resource.tree().at("metadata", "labels")))
                        .containsAllEntriesOf(expected(SCALARS)));
        assertThat(resources)
                .filteredOn(resource -> resource.kind().equals("Ingress"))
                .hasSize(2)
                .allSatisfy(ingress -> assertThat(texts(ingress.tree().at("metadata", "annotations")))
                        .isEqualTo(expected(both())));
    }

    @Test
    void quantities() {
        Map<String, Object> amounts = Map.of("memory", 2_000_000_000, "cpu", 2, "example.org/device", "1");
        List<Resource> pods = render(Map.of("resources", Map.of("requests", amounts, "limits", amounts))).stream()
                .filter(resource -> resource.podSpec().isPresent())
                .toList();

        assertThat(pods)
                .hasSize(10)
                .allSatisfy(pod -> assertThat(
                                pod.podSpec().orElseThrow().at("containers").elements())
                        .allSatisfy(container -> assertThat(texts(container.at("resources", "limits")))
                                .isEqualTo(Map.of("memory", "2000000000", "cpu", "2", "example.org/device", "1"))
                                .isEqualTo(texts(container.at("resources", "requests")))));
    }

    @Test
    void aNumberThatYamlChangesIsRefused() {
        assertThatThrownBy(() -> Chart.render("serving: {config: {a.b: 12345678901234567890}}"))
                .hasMessageContaining("serving.config.a.b is 1.2345678901234567e+19")
                .hasMessageContaining("put it in quotes");
        assertThatThrownBy(() -> Chart.render("kafka: {bundled: {podAnnotations: {a: 9007199254740993}}}"))
                .hasMessageContaining("kafka.bundled.podAnnotations.a is");
    }

    @Test
    void aValueThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Chart.render("serving: {config: {a.b: null}}"))
                .hasMessageContaining("/serving/config/a.b");
        assertThatThrownBy(() -> Chart.render("training: {podLabels: {a: ~}}"))
                .hasMessageContaining("/training/podLabels/a");
    }

    private List<Resource> render(Map<String, Object> settings) {
        return checked(COMPONENTS.stream()
                .map(component -> nested(component, settings))
                .reduce(Map.of(), Values::over));
    }

    private List<Resource> checked(Map<String, Object> values) {
        List<Resource> resources = Chart.render(Values.file(values));
        assertThat(resources.stream().flatMap(NameRules::broken)).isEmpty();
        resources.forEach(types::check);
        return resources;
    }

    private static Map<String, Object> nested(String place, Map<String, Object> settings) {
        return new Values.Value(List.of(place.split("\\.")), Tree.NONE).set(settings);
    }

    private static Map<String, String> both() {
        return Stream.of(SCALARS, LINES)
                .flatMap(scalars -> scalars.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What a values file makes of them, each under a key of its own. */
    private static Map<String, Object> map(Map<String, String> scalars) {
        Map<String, Object> map = new LinkedHashMap<>();
        scalars.keySet().stream()
                .sorted()
                .forEach(scalar -> map.put(key(scalar), Chart.yaml().load(scalar)));
        return map;
    }

    private static Map<String, String> expected(Map<String, String> scalars) {
        return scalars.entrySet().stream().collect(Collectors.toMap(entry -> key(entry.getKey()), Map.Entry::getValue));
    }

    private static String key(String scalar) {
        return "k" + Integer.toHexString(scalar.hashCode());
    }

    private static Map<String, String> settings(List<Resource> resources, String service) {
        Properties properties = new Properties();
        resources.stream()
                .filter(resource -> resource.toString().equals("ConfigMap/c-catwalk-" + service))
                .map(resource ->
                        resource.tree().at("data", "application.properties").text())
                .forEach(text -> load(properties, text));
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static void load(Properties properties, String text) {
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> texts(Tree map) {
        return map.keys().collect(Collectors.toMap(key -> key, key -> {
            assertThat(map.at(key).value()).as(key).containsInstanceOf(String.class);
            return map.at(key).text();
        }));
    }
}
