package io.catwalk.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** The part of an API server that Helm's {@code lookup} needs. Helm finds it by the file that {@code KUBECONFIG} names. */
final class FakeCluster {
    private static final Map<String, String> PLURALS =
            Map.of("Secret", "secrets", "Deployment", "deployments", "StatefulSet", "statefulsets");
    private static final FakeCluster RUNNING = start();

    private final Gson gson = new Gson();
    private final Map<String, Map<String, Object>> resources = new ConcurrentSkipListMap<>();

    private FakeCluster() {}

    /** The one that Helm sees in these tests. */
    static FakeCluster running() {
        return RUNNING;
    }

    /** Keeps what a chart's resources would leave in a cluster, in place of what was there before. */
    void install(List<Resource> rendered) {
        resources.clear();
        rendered.stream()
                .filter(resource -> PLURALS.containsKey(resource.kind()))
                .forEach(resource -> resources.put(path(resource), asMap(resource.tree())));
    }

    void remove(String kind, String name) {
        resources.keySet().removeIf(path -> path.endsWith("/" + PLURALS.get(kind) + "/" + name));
    }

    void empty() {
        resources.clear();
    }

    private static FakeCluster start() {
        try {
            FakeCluster cluster = new FakeCluster();
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", cluster::answer);
            server.start();
            Files.writeString(Path.of(System.getenv("KUBECONFIG")), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: fake, user: {}}]
                    contexts: [{name: fake, context: {cluster: fake, user: fake}}]
                    current-context: fake
                    """.formatted(
                            server.getAddress().getPort()));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, Object> found = found(path);
        byte[] body = gson.toJson(found.isEmpty() ? missing(path) : found).getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(found.isEmpty() ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Map<String, Object> found(String path) {
        return switch (path) {
            case "/api/v1" -> types("v1", "Secret");
            case "/apis/apps/v1" -> types("apps/v1", "Deployment", "StatefulSet");
            default -> path.endsWith("/deployments") ? list(path + "/") : resources.getOrDefault(path, Map.of());
        };
    }

    private Map<String, Object> list(String folder) {
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "DeploymentList",
                "metadata",
                Map.of(),
                "items",
                resources.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(folder))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    private static Map<String, Object> types(String group, String... kinds) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "APIResourceList",
                "groupVersion",
                group,
                "resources",
                Stream.of(kinds)
                        .map(kind -> Map.of("name", PLURALS.get(kind), "kind", kind, "namespaced", true))
                        .toList());
    }

    private static Map<String, Object> missing(String path) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Status",
                "status",
                "Failure",
                "reason",
                "NotFound",
                "code",
                404,
                "message",
                path + " not found");
    }

    private static String path(Resource resource) {
        String root = resource.apiVersion().equals("v1") ? "/api/v1" : "/apis/" + resource.apiVersion();
        return "%s/namespaces/%s/%s/%s".formatted(root, Chart.NAMESPACE, PLURALS.get(resource.kind()), resource.name());
    }

    @SuppressWarnings("unchecked") // a resource is a map by string
    private static Map<String, Object> asMap(Tree tree) {
        return (Map<String, Object>) tree.value().orElseThrow();
    }
}
