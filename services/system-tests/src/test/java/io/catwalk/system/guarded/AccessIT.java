package io.catwalk.system.guarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.access.Role;
import io.catwalk.client.ClientKey;
import io.catwalk.client.PipelineClient;
import io.catwalk.client.PipelineException;
import io.catwalk.system.Keyholder;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route of every service, as their OpenAPI documents name them, asked by strangers and by a key of each role. */
class AccessIT {
    /** Whoever has one of the roles, and nobody else. */
    private static final Map<String, Set<Role>> ALLOWED = allowed("""
            ingestion GET /datasets viewer
            ingestion POST /datasets operator
            ingestion GET /datasets/{name} viewer
            ingestion GET /datasets/{name}/images/{split} viewer
            ingestion GET /datasets/{name}/images/{split}/{index}.png viewer
            ingestion GET /datasets/{name}/report viewer
            ingestion GET /datasets/{name}/samples.png viewer
            ingestion GET /ingestions viewer
            ingestion GET /ingestions/{id} viewer
            ingestion POST /ingestions/{id}/cancel operator
            ingestion GET /jobs viewer
            ingestion POST /republish admin
            ingestion POST /uploads operator
            training GET /networks viewer
            training POST /networks viewer
            training GET /networks/{name} viewer
            training GET /runs viewer
            training POST /runs operator
            training GET /runs/{id} viewer
            training GET /runs/{id}/curves.csv viewer
            training GET /runs/{id}/journal viewer
            training GET /runs/{id}/tensorboard viewer
            training POST /runs/{id}/cancel operator
            training GET /sweeps viewer
            training POST /sweeps operator
            training GET /sweeps/{id} viewer
            training POST /sweeps/{id}/cancel operator
            training GET /jobs viewer
            training POST /republish admin
            evaluation GET /comparisons viewer
            evaluation GET /evaluations viewer
            evaluation GET /evaluations/{runId} viewer
            evaluation GET /evaluations/{runId}/changes viewer
            evaluation GET /evaluations/{runId}/report.html viewer
            evaluation GET /evaluations/{runId}/report.json viewer
            evaluation GET /evaluations/{runId}/samples viewer
            evaluation GET /evaluations/{runId}/suspects viewer
            evaluation GET /models viewer
            evaluation GET /models/{model} viewer
            evaluation POST /models/{model}/labels/{label} operator
            evaluation GET /models/{model}/versions/{version} viewer
            evaluation GET /rollouts viewer
            evaluation GET /rollouts/{id} viewer
            evaluation POST /rollouts/{id}/cancel operator
            evaluation GET /jobs viewer
            evaluation POST /republish admin
            serving GET /v1/models viewer,predictor
            serving GET /v1/models/{model} viewer,predictor
            serving GET /v1/models/{model}/history viewer
            serving GET /v1/models/{model}/labels/{label} viewer,predictor
            serving GET /v1/models/{model}/labels/{label}/metadata viewer,predictor
            serving GET /v1/models/{model}/metadata viewer,predictor
            serving GET /v1/models/{model}/versions/{version} viewer,predictor
            serving GET /v1/models/{model}/versions/{version}/metadata viewer,predictor
            serving POST /v1/models/{model}/labels/{label}:classify-image predictor
            serving POST /v1/models/{model}/labels/{label}:predict predictor
            serving POST /v1/models/{model}/versions/{version}:classify-image predictor
            serving POST /v1/models/{model}/versions/{version}:predict predictor
            serving POST /v1/models/{model}:classify-image predictor
            serving POST /v1/models/{model}:predict predictor
            serving POST /v1/models/{model}:{method} predictor
            serving GET /v2 viewer,predictor
            serving GET /v2/models/stats viewer,predictor
            serving GET /v2/models/{model} viewer,predictor
            serving GET /v2/models/{model}/config viewer,predictor
            serving GET /v2/models/{model}/ready viewer,predictor
            serving GET /v2/models/{model}/stats viewer,predictor
            serving GET /v2/models/{model}/versions/{version} viewer,predictor
            serving GET /v2/models/{model}/versions/{version}/config viewer,predictor
            serving GET /v2/models/{model}/versions/{version}/ready viewer,predictor
            serving GET /v2/models/{model}/versions/{version}/stats viewer,predictor
            serving POST /v2/models/{model}/infer predictor
            serving POST /v2/models/{model}/versions/{version}/infer predictor
            serving POST /v2/repository/index viewer,predictor
            console GET / viewer
            console GET /datasets viewer
            console GET /datasets/new operator
            console POST /datasets/new operator
            console POST /datasets/uploads operator
            console GET /datasets/{name} viewer
            console GET /dead-letters/{id} viewer
            console POST /dead-letters/{id} operator
            console GET /live viewer
            console GET /models viewer
            console GET /models/{model} viewer
            console GET /models/{model}/labels/{label} viewer
            console POST /models/{model}/labels/{label} operator
            console POST /models/{model}/rollouts/{id}/cancel operator
            console GET /models/{model}/versions/{version} viewer
            console GET /models/{model}/versions/{version}/errors viewer
            console GET /of/{service}/{path} viewer
            console GET /runs viewer
            console GET /runs/compare viewer
            console GET /runs/new viewer
            console POST /runs/new operator
            console GET /runs/{id} viewer
            console POST /runs/{id}/cancel operator
            console GET /sweeps viewer
            console GET /sweeps/{id} viewer
            console POST /sweeps/{id}/cancel operator
            console GET /try viewer,predictor
            console GET /try/{model} viewer,predictor
            console POST /try/{model}/versions/{version} predictor
            """);

    private static final Set<String> OPEN =
            Set.of("serving GET /v2/health/live", "serving GET /v2/health/ready", "console GET /sign-in");

    /** Open too: a wrong key is refused, nobody's is forgotten, and the way leads to the identity provider. */
    private static final Map<String, Integer> SIGN_IN =
            Map.of("console POST /sign-in", 401, "console POST /sign-out", 303, "console GET /sign-in/provider", 302);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Pipeline pipeline = SharedPipelines.guarded();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingestion", "training", "evaluation", "serving", "console"})
    void eachRouteHasItsRolesAndAnswersNobodyElse(String service) {
        Set<String> routes = routes(service);
        assertThat(routes)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ALLOWED.keySet(), OPEN, SIGN_IN.keySet())
                        .flatMap(Set::stream)
                        .filter(route -> route.startsWith(service + " "))
                        .toList());
        for (String route : routes) {
            if (SIGN_IN.containsKey(route)) {
                assertThat(send(asked(route), Optional.empty()).statusCode())
                        .as(route)
                        .isEqualTo(SIGN_IN.get(route));
                continue;
            }
            if (OPEN.contains(route)) {
                assertThat(status(route, Optional.empty())).as(route).isIn(200, 503);
                continue;
            }
            assertThat(status(route, Optional.empty())).as(route).isEqualTo(401);
            for (Role role : Role.values()) {
                boolean allowed = ALLOWED.get(route).stream().anyMatch(role.granted()::contains);
                int status = status(route, Optional.of(Keyholder.of(role)));
                if (allowed) {
                    assertThat(status).as("%s by %s", route, role).isNotIn(401, 403, 500);
                } else {
                    assertThat(status).as("%s by %s", route, role).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void whatHasNoRouteAnswersNoStranger() {
        for (String service : SharedPipelines.GUARDED) {
            for (String path : List.of("/", "/nothing", "/q/openapi", "/q/health", "/q/metrics", "/q/dev")) {
                assertThat(status(service + " GET " + path, Optional.empty()))
                        .as(service + path)
                        .isEqualTo(401);
            }
            assertThat(status(service + " GET /q/openapi", Optional.of(Keyholder.PREDICTOR)))
                    .isEqualTo(200);
        }
    }

    @Test
    void aClientShowsItsKey() {
        URI training = pipeline.training("/");
        try (PipelineClient stranger = new PipelineClient(training, training, training, training)) {
            assertThatThrownBy(() -> stranger.run("none"))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("401");
            PipelineClient viewer = stranger.with(ClientKey.of(
                    Map.of(ClientKey.VARIABLE, Keyholder.VIEWER.key().secret())));
            assertThatThrownBy(() -> viewer.run("none")).hasMessageContaining("404");
            assertThatThrownBy(() -> viewer.requestRun("{}"))
                    .hasMessageContaining("this needs the role operator; key:viewer has viewer");
        }
    }

    @Test
    void noKeyIsInALogOrAMetric() throws IOException, InterruptedException {
        for (String service : SharedPipelines.GUARDED) {
            status(service + " GET /", Optional.of(Keyholder.ADMIN));
            String log = Files.readString(pipeline.data().resolve("logs").resolve(service + ".log"));
            String metrics = CLIENT.send(
                            HttpRequest.newBuilder(pipeline.management(service, "/q/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(log).contains(Keyholder.values().length + " API keys have access");
            assertThat(metrics)
                    .contains(
                            "catwalk_access_keys %d.0".formatted(Keyholder.values().length),
                            "catwalk_access_keys_file_valid 1.0");
            for (Keyholder holder : Keyholder.values()) {
                assertThat(log + metrics)
                        .doesNotContain(holder.key().secret())
                        .doesNotContain(holder.key().sha256());
            }
        }
    }

    private Set<String> routes(String service) {
        JsonNode document = read(body(send(
                HttpRequest.newBuilder(address(service, "/q/openapi?format=json")), Optional.of(Keyholder.VIEWER))));
        Set<String> routes = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> routes.add(service + " " + method.toUpperCase() + " " + path.getKey())));
        return routes;
    }

    /** The answer to a request for what isn't there. */
    private int status(String route, Optional<Keyholder> holder) {
        String[] words = route.split(" ");
        String path = words[2].replace("{version}", "1")
                .replace("{method}", "regress")
                .replaceAll("\\{[^}]+}", "none");
        HttpRequest.Builder request = HttpRequest.newBuilder(address(words[0], path));
        if (words[1].equals("POST")) {
            request.header("Content-Type", mediaType(route)).POST(BodyPublishers.ofString("{}"));
            // The console takes what its own pages send alone.
            request.header("Origin", address(words[0], "").toString());
        } else {
            request.method(words[1], BodyPublishers.noBody());
        }
        HttpResponse<InputStream> response = send(request, holder);
        String body = body(response);
        if (response.statusCode() == 401) {
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .as(route)
                    .hasValue("Bearer");
        }
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            assertThat(read(body).path("error").asText()).as(route).isNotEmpty();
        }
        return response.statusCode();
    }

    /** As a browser asks for a page. */
    private HttpRequest.Builder asked(String route) {
        String[] words = route.split(" ");
        return HttpRequest.newBuilder(address(words[0], words[2]))
                .header("Accept", "text/html")
                .header("Content-Type", mediaType(route))
                .header("Origin", address(words[0], "").toString())
                .method(words[1], BodyPublishers.ofString("{}"));
    }

    private static String mediaType(String route) {
        if (route.endsWith("/uploads")) {
            return "application/zip";
        }
        if (!route.startsWith("console ")) {
            return "application/json";
        }
        return route.contains("/try/") ? "image/png" : "application/x-www-form-urlencoded";
    }

    /** Empty for events, which have no end. */
    private static String body(HttpResponse<InputStream> response) {
        boolean endless =
                response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        try (InputStream body = response.body()) {
            return endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<InputStream> send(HttpRequest.Builder request, Optional<Keyholder> holder) {
        holder.ifPresent(
                shown -> request.header("Authorization", "Bearer " + shown.key().secret()));
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI address(String service, String path) {
        return switch (service) {
            case "ingestion" -> pipeline.ingestion(path);
            case "training" -> pipeline.training(path);
            case "evaluation" -> pipeline.evaluation(path);
            case "console" -> pipeline.stack().console().resolve(path);
            default -> pipeline.serving(path);
        };
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static Map<String, Set<Role>> allowed(String table) {
        Map<String, Set<Role>> allowed = new TreeMap<>();
        table.lines().forEach(line -> {
            int end = line.lastIndexOf(' ');
            allowed.put(
                    line.substring(0, end),
                    Arrays.stream(line.substring(end + 1).split(","))
                            .map(role -> Role.named(role).orElseThrow())
                            .collect(Collectors.toSet()));
        });
        return allowed;
    }
}
