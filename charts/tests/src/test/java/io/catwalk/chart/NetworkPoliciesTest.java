package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reaches what: by the policies' rules, as a network plugin adds them up. */
class NetworkPoliciesTest {
    private static final String COMPONENT = "app.kubernetes.io/component";
    private static final String EVERYBODY = "everybody";
    private static final List<String> COMPONENTS = List.of(
            "ingestion",
            "training",
            "evaluation",
            "serving",
            "console",
            "prepare",
            "retention",
            "kafka",
            "object-store",
            "prometheus",
            "grafana");
    private static final String OPERATORS_PROMETHEUS = "prometheus of any namespace";

    /** Those of all pods, as the chart sets them. */
    private static final List<Map<String, String>> LABELS = Chart.render("retention: {enabled: true}").stream()
            .filter(resource -> resource.podSpec().isPresent())
            .map(resource -> resource.podMetadata().at("labels"))
            .map(labels -> labels.keys()
                    .collect(Collectors.toMap(key -> key, key -> labels.at(key).text())))
            .toList();

    @Test
    void onlyTheNeededFlowsAreLetIn() {
        Set<String> clients = Set.of("ingestion", "training", "evaluation", "serving", "prepare");

        assertThat(callers("", "kafka", "kafka")).isEqualTo(and(clients, "kafka", "console"));
        assertThat(callers("", "object-store", "s3")).isEqualTo(clients);
        assertThat(callers("retention: {enabled: true}", "object-store", "s3")).isEqualTo(and(clients, "retention"));
        assertThat(callers("", "prometheus", "http")).containsExactly("grafana");
        assertThat(callers("", "grafana", "http")).isEmpty();
        assertThat(callers("", "serving", "http")).containsExactlyInAnyOrder("prepare", "console", EVERYBODY);
        assertThat(callers("", "serving", "grpc")).containsExactly(EVERYBODY);
        assertThat(callers("", "console", "http")).containsExactly(EVERYBODY);
        for (String service : List.of("ingestion", "training", "evaluation")) {
            assertThat(callers("", service, "http")).containsExactlyInAnyOrder("prepare", "console");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "training", "evaluation", "serving", "console"})
    void theManagementPortIsOpenToPrometheusAlone(String service) {
        assertThat(callers("", service, "management")).containsExactly("prometheus");
        for (String mode : List.of("operator", "none")) {
            String monitoring = "monitoring: {mode: " + mode + "}\n";
            assertThat(callers(monitoring, service, "management")).containsExactly(OPERATORS_PROMETHEUS);
            assertThat(callers(monitoring + "networkPolicy: {metricsFrom: []}", service, "management"))
                    .isEmpty();
        }
    }

    @Test
    void whatTheValuesNameIsLetInToo() {
        String values = """
                training: {keda: {enabled: true}}
                networkPolicy:
                  servingFrom: [{podSelector: {matchLabels: {app.kubernetes.io/component: gateway}}}]
                  consoleFrom: [{podSelector: {matchLabels: {app.kubernetes.io/component: entry}}}]
                  apiFrom: [{podSelector: {matchLabels: {app.kubernetes.io/component: portal}}}]
                  monitoringFrom: [{podSelector: {matchLabels: {app.kubernetes.io/component: proxy}}}]
                """;

        assertThat(callers(values, "serving", "http")).containsExactlyInAnyOrder("prepare", "console", "gateway");
        assertThat(callers(values, "serving", "grpc")).containsExactly("gateway");
        assertThat(callers(values, "console", "http")).containsExactly("entry");
        assertThat(callers(values, "training", "http")).containsExactlyInAnyOrder("prepare", "console", "portal");
        assertThat(callers(values, "prometheus", "http"))
                .containsExactlyInAnyOrder("grafana", "proxy", "keda-operator of keda");
        assertThat(callers(values, "grafana", "http")).containsExactly("proxy");
    }

    @Test
    void kedaAsksTheBundledPrometheusFromItsNamespaceAlone() {
        String training = "training: {keda: {enabled: true}}\n";
        String serving = "serving: {autoscaling: {type: keda}}\n";
        String elsewhere = """
                networkPolicy:
                  kedaFrom:
                    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: scaling}}
                      podSelector: {matchLabels: {app.kubernetes.io/name: keda-operator}}
                """;

        for (String asking : List.of(training, serving)) {
            assertThat(callers(asking, "prometheus", "http"))
                    .containsExactlyInAnyOrder("grafana", "keda-operator of keda");
            assertThat(callers(asking + elsewhere, "prometheus", "http"))
                    .containsExactlyInAnyOrder("grafana", "keda-operator of scaling");
            assertThat(callers(asking + "networkPolicy: {kedaFrom: []}", "prometheus", "http"))
                    .containsExactly("grafana");
        }
        assertThat(callers(elsewhere, "prometheus", "http")).containsExactly("grafana");
    }

    /** All components, so that none is left out of the policy that denies. */
    @ParameterizedTest
    @EnumSource
    void eachPodIsClosedButForItsPolicies(ValueSet set) {
        List<Tree> denied = policies(set.yaml())
                .filter(policy -> policy.at("metadata", "name").text().endsWith("-default-deny"))
                .toList();

        assertThat(denied).hasSize(set == ValueSet.NOTHING_EXTRA ? 0 : 1).allSatisfy(policy -> {
            assertThat(COMPONENTS).allMatch(component -> selects(policy.at("spec", "podSelector"), labels(component)));
            assertThat(policy.at("spec", "policyTypes").elements().map(Tree::text))
                    .containsExactly("Ingress", "Egress");
            assertThat(policy.at("spec", "ingress").elements()).isEmpty();
        });
    }

    @Test
    void namesAreAskedOfResolversInTheCluster() {
        assertThat(calls("", "grafana")).containsExactly("53", "5353", "http of prometheus");
        Tree egress = policies("")
                .filter(policy -> policy.at("metadata", "name").text().endsWith("-default-deny"))
                .flatMap(policy -> policy.at("spec", "egress").elements())
                .findFirst()
                .orElseThrow();
        assertThat(egress.at("to")
                        .elements()
                        .map(peer -> peer.at("ipBlock", "cidr").text()))
                .contains("10.0.0.0/8", "")
                .doesNotContain("0.0.0.0/0");
    }

    @Test
    void onlyTheNeededCallsAreLetOut() {
        List<String> services = List.of("evaluation", "ingestion", "serving", "training");

        assertThat(calls("", "prometheus"))
                .containsExactlyInAnyOrderElementsOf(
                        and(of("management", services), "53", "5353", "management of console"));
        assertThat(calls("", "prepare"))
                .containsExactlyInAnyOrderElementsOf(
                        and(of("http", services), "53", "5353", "kafka of kafka", "s3 of object-store"));
        assertThat(calls("retention: {enabled: true}", "retention"))
                .containsExactlyInAnyOrder("53", "5353", "s3 of object-store");
        assertThat(calls("", "training"))
                .containsExactlyInAnyOrder("53", "5353", "kafka of kafka", "s3 of object-store");
        assertThat(calls("", "console"))
                .containsExactlyInAnyOrderElementsOf(and(of("http", services), "53", "5353", "kafka of kafka"));
        assertThat(calls("", "ingestion")).contains("80", "443");
        assertThat(calls("", "object-store")).containsExactly("53", "5353");
    }

    /** The store may be anywhere without the console being let out, but not the brokers. */
    @Test
    void theConsoleMayCallOthersBrokersAndIdentityProvider() {
        String store = "objectStore: {mode: external, external: {endpoint: \"https://s3\", existingSecret: s}}\n";
        String brokers = "kafka: {mode: external, external: {bootstrapServers: \"b:9092\"}}\n";
        String provider = "access: {oidc: {issuer: \"https://id.example.org:8443/team\"}}";

        assertThat(calls(store, "console")).isEqualTo(calls("", "console"));
        assertThat(calls(store, "training")).contains("9092", "9093", "443", "kafka of kafka");
        assertThat(calls(brokers, "console")).contains("9092", "9093", "443").doesNotContain("kafka of kafka");
        assertThat(calls(provider, "console")).contains("8443");
    }

    @Test
    void withoutAConsoleNobodyElseCallsForIt() {
        assertThat(callers("console: {enabled: false}", "training", "http")).containsExactly("prepare");
        assertThat(callers("console: {enabled: false}", "kafka", "kafka")).doesNotContain("console");
    }

    @Test
    void servingMayCallTheCollectorOfTracesWhereThereIsOne() {
        for (Map.Entry<String, String> collector : Map.of(
                        "http://collector.observability:4318", "4318",
                        "https://collector.example.org/otlp", "443",
                        "http://collector", "80")
                .entrySet()) {
            assertThat(calls("", "serving")).doesNotContain(collector.getValue());
            assertThat(calls("serving: {tracing: {endpoint: \"%s\"}}".formatted(collector.getKey()), "serving"))
                    .contains(collector.getValue());
        }
    }

    /** During an upgrade: only pods without the port, which are of the release before, are scraped at the API's. */
    @Test
    void podsFromBeforeTheManagementPortAreScrapedAtTheApis() {
        String operator = "monitoring: {mode: operator}";
        Map<String, String> earlier = new TreeMap<>(labels("training"));
        earlier.remove("catwalk.io/management-port");

        assertThat(callers(operator, earlier, "http"))
                .containsExactlyInAnyOrder("prepare", "console", OPERATORS_PROMETHEUS);
        assertThat(callers(operator, "training", "http")).containsExactlyInAnyOrder("prepare", "console");
        assertThat(callers("", earlier, "http")).containsExactlyInAnyOrder("prepare", "console");
    }

    private static Set<String> callers(String values, String component, String port) {
        return callers(values, labels(component), port);
    }

    private static Set<String> callers(String values, Map<String, String> pod, String port) {
        return policies(values)
                .filter(policy -> selects(policy.at("spec", "podSelector"), pod))
                .flatMap(policy -> policy.at("spec", "ingress").elements())
                .filter(rule -> ports(rule).contains(port))
                .flatMap(rule -> peers(rule.at("from")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ports, with the component's name where the rule names some. */
    private static Set<String> calls(String values, String component) {
        return policies(values)
                .filter(policy -> selects(policy.at("spec", "podSelector"), labels(component)))
                .flatMap(policy -> policy.at("spec", "egress").elements())
                .flatMap(rule -> ports(rule).stream().flatMap(port -> of(port, components(rule.at("to"))).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> of(String port, List<String> components) {
        return components.isEmpty()
                ? Set.of(port)
                : components.stream()
                        .map(component -> port + " of " + component)
                        .collect(Collectors.toSet());
    }

    private static Set<String> and(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ports(Tree rule) {
        return rule.at("ports").elements().map(port -> port.at("port").text()).collect(Collectors.toSet());
    }

    private static Stream<String> peers(Tree from) {
        List<Tree> peers = from.elements().toList();
        if (peers.isEmpty()) {
            return Stream.of(EVERYBODY);
        }
        return peers.stream().flatMap(NetworkPoliciesTest::names);
    }

    private static Stream<String> names(Tree peer) {
        Tree labels = peer.at("podSelector", "matchLabels");
        if (peer.at("namespaceSelector").value().isPresent()) {
            String namespace = peer.at("namespaceSelector", "matchLabels", "kubernetes.io/metadata.name")
                    .text();
            return Stream.of(labels.at("app.kubernetes.io/name").text() + " of "
                    + (namespace.isEmpty() ? "any namespace" : namespace));
        }
        String component = labels.at(COMPONENT).text();
        return component.isEmpty()
                ? components(Tree.of(List.of(peer.value().orElseThrow()))).stream()
                : Stream.of(component);
    }

    /** This release's components that peers select by their labels. */
    private static List<String> components(Tree peers) {
        return COMPONENTS.stream()
                .filter(component -> peers.elements()
                        .map(peer -> peer.at("podSelector"))
                        .anyMatch(selector -> selector.value().isPresent() && selects(selector, labels(component))))
                .toList();
    }

    private static boolean selects(Tree selector, Map<String, String> labels) {
        return selector.at("matchLabels")
                        .keys()
                        .allMatch(key -> selector.at("matchLabels", key).text().equals(labels.get(key)))
                && selector.at("matchExpressions").elements().allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(Tree expression, Map<String, String> labels) {
        String value = labels.get(expression.at("key").text());
        return switch (expression.at("operator").text()) {
            case "In" ->
                expression
                        .at("values")
                        .elements()
                        .anyMatch(allowed -> allowed.text().equals(value));
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException(expression.toString());
        };
    }

    /** The labels of a component's pods. */
    private static Map<String, String> labels(String component) {
        return LABELS.stream()
                .filter(labels -> component.equals(labels.get(COMPONENT)))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Tree> policies(String values) {
        return Chart.render(values).stream()
                .filter(resource -> resource.kind().equals("NetworkPolicy"))
                .map(Resource::tree);
    }
}
