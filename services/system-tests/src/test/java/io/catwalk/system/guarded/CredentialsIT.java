package io.catwalk.system.guarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.access.ApiKey;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ServerMetadataRequest;
import io.catwalk.system.Keyholder;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing that is secret is in a log, an answer, a record, a metric or the bucket, after a run, refusals and outages; and no answer
 * names the store's address or the broker's.
 */
class CredentialsIT {
    private static final String RUN = "watched";
    /** Not one that anybody signed. */
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtYXJrZWQifQ.bWFya2VkLXRva2Vu";

    private final Pipeline pipeline = SharedPipelines.guarded();
    private final ApiKey stranger = ApiKey.generate(new SecureRandom());
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ManagedChannel grpc = ManagedChannelBuilder.forAddress(
                    "127.0.0.1", pipeline.stack().settings().ports().servingGrpc())
            .usePlaintext()
            .build();
    private final List<String> answers = new ArrayList<>();

    @AfterEach
    void close() {
        grpc.shutdownNow();
    }

    @Test
    void nothingShowsASecret() throws Exception {
        pipeline.request(RUN, "watched-model", "\"epochs\": 8, \"gate\": {\"maxRegression\": 1}");
        pipeline.awaitPromoted("evaluations/" + RUN);
        callAll();
        pipeline.stack().kill("store");
        pipeline.stack().kill("broker");
        callAll();
        pipeline.stack().restart("store");
        pipeline.stack().restart("broker");
        for (String child : List.of("store", "broker")) {
            pipeline.stack().awaitReady(child);
        }
        awaitReady();
        callAll();

        Map<String, String> seen = seen();
        assertThat(seen.keySet()).contains("log of serving", "record of dead-letters", "metrics of training");
        assertThat(seen.get("log of training"))
                .contains(RUN)
                .contains(Keyholder.values().length + " API keys have access");
        assertThat(seen.get("record of training-completed")).contains(RUN);
        assertThat(seen.get("metrics of training")).contains(RUN);
        assertThat(seen.get("answers"))
                .contains(RUN, "the API key isn't known")
                // Of the console's sign-in.
                .contains("Refused: the API key")
                // Over gRPC.
                .contains("name: \"catwalk\"", "UNAUTHENTICATED: the API key isn't known");
        assertThat(seen.get("bucket")).contains(RUN);
        for (String secret : secrets()) {
            assertThat(secret).hasSizeGreaterThan(15);
            assertThat(places(seen, secret)).as("places that show a secret").isEmpty();
        }
        assertThat(seen.get("answers"))
                .doesNotContain(
                        pipeline.stack().store().getAuthority(),
                        pipeline.stack().bootstrapServers());
    }

    /** What is found, refused, mistaken and broken, with a key, with a stranger's, with a token, and with none. */
    private void callAll() throws InterruptedException {
        Map<String, URI> gets = new TreeMap<>();
        for (String path : List.of("/runs/" + RUN, "/runs/none", "/runs?limit=x", "/q/openapi")) {
            gets.put("training" + path, pipeline.training(path));
        }
        for (String path : List.of("/evaluations/" + RUN, "/models", "/models/none", "/rollouts/none")) {
            gets.put("evaluation" + path, pipeline.evaluation(path));
        }
        for (String path : List.of("/datasets", "/ingestions/none")) {
            gets.put("ingestion" + path, pipeline.ingestion(path));
        }
        for (String path : List.of("/v1/models/watched-model", "/v1/models/watched-model/history", "/v2/models/none")) {
            gets.put("serving" + path, pipeline.serving(path));
        }
        for (String path : List.of("/", "/runs/" + RUN, "/runs/none", "/sign-in", "/of/training/runs/none")) {
            gets.put("console" + path, pipeline.stack().console().resolve(path));
        }
        for (String credential : List.of(Keyholder.ADMIN.key().secret(), stranger.secret(), TOKEN, "")) {
            for (URI address : gets.values()) {
                call(HttpRequest.newBuilder(address), credential);
            }
            for (URI address : List.of(
                    pipeline.training("/runs"),
                    pipeline.ingestion("/datasets"),
                    pipeline.evaluation("/models/watched-model/labels/stable"),
                    pipeline.serving("/v1/models/watched-model:predict"),
                    pipeline.serving("/v2/models/watched-model/infer"))) {
                call(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"epochs\": -1, \"instances\": [1]")),
                        credential);
            }
            callOverGrpc(credential);
        }
        URI console = pipeline.stack().console();
        call(
                HttpRequest.newBuilder(console.resolve("/sign-in"))
                        .header("Origin", console.toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("credential=" + stranger.secret())),
                "");
    }

    private void call(HttpRequest.Builder request, String credential) throws InterruptedException {
        if (!credential.isEmpty()) {
            request.header("Authorization", "Bearer " + credential);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            answers.add(answer.headers().map() + answer.body());
        } catch (IOException e) {
            answers.add(String.valueOf(e.getMessage()));
        }
    }

    private void callOverGrpc(String credential) {
        Metadata metadata = new Metadata();
        if (!credential.isEmpty()) {
            metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + credential);
        }
        try {
            answers.add(GRPCInferenceServiceGrpc.newBlockingStub(grpc)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .serverMetadata(ServerMetadataRequest.getDefaultInstance())
                    .toString());
        } catch (StatusRuntimeException e) {
            answers.add(e.getMessage() + e.getTrailers());
        }
    }

    private void awaitReady() {
        for (String service : SharedPipelines.GUARDED) {
            await(service + " is ready")
                    .atMost(Pipeline.TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> pipeline.probe(service, "ready") == 200);
        }
    }

    /** All that somebody can read, by where it is. */
    private Map<String, String> seen() throws IOException, InterruptedException {
        Map<String, String> seen = new TreeMap<>();
        seen.put("answers", String.join("\n", answers));
        for (String service : SharedPipelines.GUARDED) {
            seen.put(
                    "log of " + service,
                    Files.readString(pipeline.data().resolve("logs").resolve(service + ".log")));
            StringBuilder metrics = new StringBuilder();
            for (String path : List.of("/q/metrics", "/q/health")) {
                metrics.append(http.send(
                                HttpRequest.newBuilder(pipeline.management(service, path))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
            }
            seen.put("metrics of " + service, metrics.toString());
        }
        pipeline.send("training-requested", "not a request");
        await().atMost(Pipeline.TIMEOUT)
                .until(() -> !pipeline.topics().deadLetters().isEmpty());
        pipeline.topics()
                .all()
                .collect(Collectors.groupingBy(ConsumerRecord::topic))
                .forEach((topic, records) -> seen.put(
                        "record of " + topic,
                        records.stream().map(CredentialsIT::text).collect(Collectors.joining("\n"))));
        try (Stream<Path> objects = Files.walk(pipeline.data().resolve("store"))) {
            seen.put(
                    "bucket",
                    objects.filter(Files::isRegularFile)
                            .map(CredentialsIT::content)
                            .collect(Collectors.joining("\n")));
        }
        return seen;
    }

    private static String text(ConsumerRecord<String, byte[]> message) {
        StringBuilder text = new StringBuilder(String.valueOf(message.key()));
        message.headers()
                .forEach(header -> text.append(header.key())
                        .append(header.value() == null ? "" : new String(header.value(), StandardCharsets.ISO_8859_1)));
        return text.append(message.value() == null ? "" : new String(message.value(), StandardCharsets.ISO_8859_1))
                .toString();
    }

    private static String content(Path file) {
        try {
            return file + Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> secrets() throws IOException {
        return Stream.concat(
                        Stream.concat(Stream.of(Keyholder.values()).map(Keyholder::key), Stream.of(stranger))
                                .flatMap(key -> Stream.of(key.secret(), key.sha256())),
                        Stream.of(
                                TOKEN,
                                SharedPipelines.BROKER_PASSWORD,
                                SharedPipelines.SESSION_SECRET,
                                Files.readAllLines(pipeline.data().resolve("store-keys"))
                                        .get(1)))
                .toList();
    }

    private static List<String> places(Map<String, String> seen, String secret) {
        return seen.entrySet().stream()
                .filter(place -> place.getValue().contains(secret))
                .map(Map.Entry::getKey)
                .toList();
    }
}
