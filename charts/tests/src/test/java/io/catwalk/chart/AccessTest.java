package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** The keys with which the services are called: made once, kept, and shown to whom they concern. */
class AccessTest {
    private static final Set<String> SERVICES = Set.of("ingestion", "training", "evaluation", "serving", "console");

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        FakeCluster.running().empty();
    }

    @Test
    void theFileHasTheHashesOfTheKeysThatAreMade() {
        Tree secret = secret(Chart.render(""));

        assertThat(Map.of("admin", roles(secret, "admin"), "predictor", roles(secret, "predictor")))
                .isEqualTo(Map.of("admin", "[admin]", "predictor", "[predictor]"));
        assertThat(entry(secret, "check").at("models").elements().map(Tree::text))
                .containsExactly("installation-check");
        for (String name : List.of("admin", "predictor", "check")) {
            assertThat(text(secret, name)).matches("cw_[A-Za-z0-9]{43}");
            assertThat(entry(secret, name).at("sha256").text()).isEqualTo(sha256(text(secret, name)));
        }
    }

    @Test
    void furtherCallersAreAdded() {
        Tree secret = secret(Chart.render(ValueSet.ENTRY.yaml()));

        assertThat(keys(secret).map(key -> key.at("name").text()))
                .containsExactly("admin", "check", "predictor", "shop");
        assertThat(entry(secret, "shop").at("requestsPerSecond").text()).isEqualTo("100");
        assertThat(entry(secret, "shop").at("expires").text()).isEqualTo("2027-01-01T00:00:00Z");
    }

    @Test
    void keysAreKeptOverUpgradesAndUninstalls() {
        List<Resource> first = Chart.render("");
        FakeCluster.running().install(first);
        Tree second = secret(Chart.render(ValueSet.ENTRY.yaml()));

        for (String name : List.of("admin", "predictor", "check")) {
            assertThat(text(second, name)).isEqualTo(text(secret(first), name));
        }
        assertThat(resource(first)
                        .tree()
                        .at("metadata", "annotations", "helm.sh/resource-policy")
                        .text())
                .isEqualTo("keep");
    }

    @Test
    void aCallerHasNoMadeKey() {
        List<Resource> made = Chart.render("");
        FakeCluster.running().install(made);
        String hash = entry(secret(made), "admin").at("sha256").text();

        assertThatThrownBy(() ->
                        Chart.render("access: {keys: [{name: a, sha256: '%s', roles: [viewer]}]}".formatted(hash)))
                .hasMessageContaining("access.keys: sha256 of the key a is \"" + hash
                        + "\", which the key admin has too, must be another");
    }

    @Test
    void anotherCallerRestartsNothing() {
        FakeCluster.running().install(Chart.render(""));

        assertThat(podTemplates(Chart.render(
                        "access: {keys: [{name: a, sha256: '%s', roles: [viewer]}]}".formatted(sha256("cw_a")))))
                .isEqualTo(podTemplates(Chart.render("")));
    }

    @ParameterizedTest
    @EnumSource
    void servicesSeeHashesAlone(ValueSet set) {
        String secret = set.yaml().contains("existingSecret: callers") ? "callers" : "c-catwalk-access";

        assertThat(mounted(Chart.render(set.yaml())))
                .isEqualTo(SERVICES.stream()
                        .filter(name -> set != ValueSet.NOTHING_EXTRA || !name.equals("console"))
                        .collect(Collectors.toMap(name -> name, name -> secret + "/keys.json")));
    }

    @Test
    void theCheckSeesItsKeyAlone() {
        Resource check =
                Chart.copy(folder)
                        .with("templates/tests/check.yaml", "\"helm.sh/hook\" \"test\"", "")
                        .resources("")
                        .stream()
                        .filter(resource -> resource.toString().equals("Pod/c-catwalk-check"))
                        .findFirst()
                        .orElseThrow();
        Tree container = check.podSpec()
                .orElseThrow()
                .at("containers")
                .elements()
                .findFirst()
                .orElseThrow();

        assertThat(files(check)).containsExactly("c-catwalk-access/check");
        assertThat(container
                        .at("env")
                        .elements()
                        .filter(variable -> variable.at("name").text().equals("CATWALK_API_KEY_FILE")))
                .singleElement()
                .satisfies(variable -> assertThat(variable.at("value").text()).isEqualTo("/etc/catwalk/access/check"));
    }

    @Test
    void whereASecretIsNamedNoneIsMade() {
        assertThat(Chart.render(ValueSet.EXTERNAL.yaml())).noneMatch(AccessTest::isSecret);
    }

    private static Map<String, String> mounted(List<Resource> resources) {
        return resources.stream()
                .filter(resource ->
                        resource.podSpec().isPresent() && !files(resource).isEmpty())
                .collect(Collectors.toMap(
                        resource -> resource.podMetadata()
                                .at("labels", "app.kubernetes.io/component")
                                .text(),
                        resource -> String.join(",", files(resource))));
    }

    /** What the volume with keys holds, as SECRET/KEY. */
    private static List<String> files(Resource pod) {
        return pod.podSpec()
                .orElseThrow()
                .at("volumes")
                .elements()
                .filter(volume -> volume.at("name").text().equals("access"))
                .flatMap(volume -> volume.at("secret", "items")
                        .elements()
                        .map(item -> volume.at("secret", "secretName").text() + "/"
                                + item.at("key").text()))
                .toList();
    }

    private static Map<String, Object> podTemplates(List<Resource> resources) {
        return resources.stream()
                .filter(resource ->
                        SERVICES.stream().anyMatch(name -> resource.toString().equals("Deployment/c-catwalk-" + name)))
                .collect(Collectors.toMap(
                        Resource::toString,
                        resource ->
                                resource.tree().at("spec", "template").value().orElseThrow()));
    }

    private static boolean isSecret(Resource resource) {
        return resource.toString().equals("Secret/c-catwalk-access");
    }

    private static Resource resource(List<Resource> resources) {
        return resources.stream().filter(AccessTest::isSecret).findFirst().orElseThrow();
    }

    private static Tree secret(List<Resource> resources) {
        return resource(resources).tree().at("data");
    }

    private static String text(Tree secret, String key) {
        return new String(Base64.getDecoder().decode(secret.at(key).text()), StandardCharsets.UTF_8);
    }

    private static Stream<Tree> keys(Tree secret) {
        return Tree.of(new Yaml().load(text(secret, "keys.json"))).at("keys").elements();
    }

    private static Tree entry(Tree secret, String name) {
        return keys(secret)
                .filter(key -> key.at("name").text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String roles(Tree secret, String name) {
        return entry(secret, name)
                .at("roles")
                .elements()
                .map(Tree::text)
                .toList()
                .toString();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
