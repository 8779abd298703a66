package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console: whom it asks, who may ask it, and what it doesn't get. */
class ConsoleTest {
    private static final String NAME = "c-catwalk-console";

    @Test
    void itAsksTheServicesWhereTheyAre() throws Exception {
        List<Resource> resources = Chart.render("");
        Properties settings = settings(resources);

        assertThat(Stream.of("ingestion", "training", "evaluation", "serving")).allSatisfy(service -> {
            String port = Resource.named(resources, "Service", "c-catwalk-" + service)
                    .tree()
                    .at("spec", "ports")
                    .elements()
                    .filter(named -> named.at("name").text().equals("http"))
                    .map(named -> named.at("port").text())
                    .findFirst()
                    .orElseThrow();
            assertThat(settings.getProperty("catwalk.console." + service))
                    .isEqualTo("http://c-catwalk-" + service + ":" + port);
        });
    }

    @Test
    void browsersMayCallItByTheHostsThatLeadToIt() throws Exception {
        assertThat(settings(Chart.render("")).stringPropertyNames()).doesNotContain("catwalk.console.hosts");
        assertThat(hosts("{enabled: true, host: a.org}", "{enabled: false, hostnames: [b.org]}"))
                .isEqualTo("a.org");
        assertThat(hosts("{enabled: false, host: a.org}", "{enabled: true, gateway: g, hostnames: [b.org, c.org]}"))
                .isEqualTo("b.org,c.org");
        assertThat(settings(Chart.render(ValueSet.ENTRY.yaml())).getProperty("catwalk.console.hosts"))
                .isEqualTo("console,console.example.org,catwalk.example.org");
    }

    @Test
    void allPathsOfItsHostsAreItsOwn() {
        List<Resource> resources = Chart.render(ValueSet.ENTRY.yaml());
        Tree ingress = Resource.named(resources, "Ingress", NAME).tree().at("spec");
        Tree route = Resource.named(resources, "HTTPRoute", NAME).tree().at("spec");

        assertThat(ingress.at("tls").elements())
                .singleElement()
                .satisfies(tls ->
                        assertThat(tls.at("hosts").elements().map(Tree::text)).containsExactly("console.example.org"));
        assertThat(ingress.at("rules").elements()).singleElement().satisfies(rule -> {
            assertThat(rule.at("host").text()).isEqualTo("console.example.org");
            assertThat(rule.at("http", "paths").elements()).singleElement().satisfies(path -> {
                assertThat(path.at("path").text()).isEqualTo("/");
                assertThat(path.at("backend", "service", "name").text()).isEqualTo(NAME);
                assertThat(path.at("backend", "service", "port", "name").text()).isEqualTo("http");
            });
        });
        assertThat(route.at("hostnames").elements().map(Tree::text))
                .containsExactly("console.example.org", "catwalk.example.org");
        assertThat(route.at("rules").elements()).singleElement().satisfies(rule -> {
            assertThat(rule.at("matches")
                            .elements()
                            .map(match -> match.at("path", "value").text()))
                    .containsExactly("/");
            assertThat(rule.at("backendRefs").elements()).singleElement().satisfies(backend -> {
                assertThat(backend.at("name").text()).isEqualTo(NAME);
                assertThat(backend.at("port").text()).isEqualTo("8084");
            });
        });
    }

    /** It has no bucket, so nobody who takes it over has. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING_EXTRA")
    void itKnowsNothingOfTheStore(ValueSet set) throws Exception {
        List<Resource> resources = Chart.render(set.yaml());
        Tree pod = Resource.named(resources, "Deployment", NAME).podSpec().orElseThrow();

        assertThat(settings(resources).stringPropertyNames())
                .contains("kafka.bootstrap.servers")
                .noneMatch(name -> name.startsWith("catwalk.store."));
        assertThat(sources(pod)).noneMatch(secret -> secret.contains("store"));
        assertThat(pod.at("volumes").elements().map(volume -> volume.at("name").text()))
                .doesNotContain("store-ca", "trust");
        assertThat(pod.at("initContainers").value()).isEmpty();
        assertThat(pod.toString()).doesNotContain("trustStore");
    }

    @Test
    void itHasItsOwnUserOfTheBrokers() {
        Tree pod = Resource.named(Chart.render(ValueSet.EXTERNAL.yaml()), "Deployment", NAME)
                .podSpec()
                .orElseThrow();

        assertThat(sources(pod)).containsExactly("kafka-console");
        assertThat(pod.at("volumes").elements().map(volume -> volume.at("name").text()))
                .contains("kafka-ca");
    }

    @Test
    void visitorsAreLedToTheIdentityProvider() throws Exception {
        String values = """
                access: {oidc: {issuer: "https://id.example.org"}}
                console: {oidc: {enabled: true, address: "https://c.example.org:8443", scopes: [profile, roles]%s}}
                """;
        List<Resource> resources = Chart.render(values.formatted(""));
        List<Resource> given = Chart.render(values.formatted(", existingSecret: session"));

        assertThat(settings(resources))
                .containsEntry("catwalk.access.oidc.issuer", "https://id.example.org")
                .containsEntry("catwalk.console.oidc.enabled", "true")
                .containsEntry("catwalk.console.oidc.address", "https://c.example.org:8443")
                .containsEntry("catwalk.console.oidc.client-id", "catwalk-console")
                .containsEntry("catwalk.console.oidc.scopes", "profile,roles")
                .containsEntry("catwalk.console.hosts", "c.example.org");
        assertThat(secrets(resources)).containsExactly(NAME + "/session-secret/catwalk.console.oidc.session-secret");
        assertThat(Resource.named(resources, "Secret", NAME)
                        .tree()
                        .at("data", "session-secret")
                        .text())
                .hasSizeGreaterThanOrEqualTo(43);
        assertThat(secrets(given))
                .containsExactly(
                        "session/session-secret/catwalk.console.oidc.session-secret",
                        "session/client-secret/catwalk.console.oidc.client-secret");
        assertThat(given).noneMatch(resource -> resource.toString().equals("Secret/" + NAME));
        assertThat(Chart.render("")).noneMatch(resource -> resource.toString().equals("Secret/" + NAME));
    }

    /** Its files of secrets, as SECRET/KEY/FILE. */
    private static List<String> secrets(List<Resource> resources) {
        return Resource.named(resources, "Deployment", NAME)
                .podSpec()
                .orElseThrow()
                .at("volumes")
                .elements()
                .flatMap(volume -> volume.at("projected", "sources").elements())
                .flatMap(source -> source.at("secret", "items")
                        .elements()
                        .map(item -> source.at("secret", "name").text() + "/"
                                + item.at("key").text() + "/" + item.at("path").text()))
                .toList();
    }

    @Test
    void withoutItNothingOfItIsLeft() {
        assertThat(Chart.render("console: {enabled: false, ingress: {enabled: true, host: a.org}}"))
                .isNotEmpty()
                .noneMatch(resource -> resource.name().contains("console"));
        assertThat(
                        Chart.render(
                                "{console: {enabled: false}, monitoring: {mode: operator}, kafka: {mode: strimzi, strimzi: {cluster: k}}}"))
                .isNotEmpty()
                .noneMatch(resource -> resource.name().contains("console"));
    }

    private static String hosts(String ingress, String route) throws Exception {
        return settings(Chart.render("console: {ingress: %s, httpRoute: %s}".formatted(ingress, route)))
                .getProperty("catwalk.console.hosts");
    }

    private static List<String> sources(Tree pod) {
        return pod.at("volumes")
                .elements()
                .flatMap(volume -> volume.at("projected", "sources").elements())
                .map(source -> source.at("secret", "name").text())
                .toList();
    }

    private static Properties settings(List<Resource> resources) throws Exception {
        Properties settings = new Properties();
        settings.load(new StringReader(Resource.named(resources, "ConfigMap", NAME)
                .tree()
                .at("data", "application.properties")
                .text()));
        return settings;
    }
}
