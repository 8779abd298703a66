package io.catwalk.serving;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.DoubleStream;

import com.google.protobuf.Message;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.local.BrokerProcess;
import io.catwalk.local.ServiceProcess;
import io.catwalk.local.StoreProcess;
import io.catwalk.local.process.LocalPort;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.StoreSettings;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The built service on a real broker and a real store, each of which a test may end and start again. */
abstract class RunningServing {
    static final String SECRET_KEY = "0123456789abcdef";
    static final Duration TIMEOUT = Duration.ofMinutes(2);
    static final int STRIP = 3;
    static final String BODY = "{\"instances\":[" + Arrays.toString(TinyModel.image(STRIP)) + "]}";
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path top;

    final int brokerPort = LocalPort.free();
    StoreProcess store;
    BrokerProcess broker;
    ServiceProcess service;

    @BeforeEach
    void start() {
        RestAssured.urlEncodingEnabled = false;
        store = StoreProcess.start(top.resolve("store"), "catwalk", SECRET_KEY);
        service = startService(settings());
    }

    /** Variables of the environment besides those of all tests. */
    Map<String, String> settings() {
        return Map.of();
    }

    @AfterEach
    void stop() {
        service.close();
        store.close();
        broker.close();
    }

    void awaitVersion(long version) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/v1/models/fashion"))
                        .then()
                        .statusCode(200)
                        .body("labels.stable", is(Long.toString(version))));
    }

    int predicted() {
        return predicted("/v1/models/fashion");
    }

    /** @param model the route of a model, or of one of its versions */
    int predicted(String model) {
        Response response = given().contentType(ContentType.JSON).body(BODY).post(service.at(model + ":predict"));
        response.then().statusCode(200);
        List<Float> probabilities = response.path("predictions[0]");
        return probabilities.indexOf(probabilities.stream().max(Float::compare).orElseThrow());
    }

    BrokerProcess startBroker() {
        return BrokerProcess.start(top.resolve("broker"), brokerPort);
    }

    ServiceProcess startService() {
        return startService(Map.of());
    }

    /** The values of a metric's series, as the service shows them. */
    DoubleStream metric(String name) {
        return metric(name, "");
    }

    /** @param tag a value that one of its labels has */
    DoubleStream metric(String name, String tag) {
        return when().get(service.management("/q/metrics"))
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> tag.isEmpty() || line.contains('"' + tag + '"'))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))));
    }

    /** @param more variables of the environment */
    ServiceProcess startService(Map<String, String> more) {
        return ServiceProcess.startShortLived("serving", JAR, log(), environment(more));
    }

    /** As in production, for a test that measures it. */
    ServiceProcess startMeasured(Map<String, String> more) {
        return ServiceProcess.start("serving", JAR, log(), environment(more));
    }

    private Path log() {
        return top.resolve("serving.log");
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.putAll(more);
        return environment;
    }

    private Map<String, String> environment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + brokerPort,
                "CATWALK_STORE_ENDPOINT",
                store.endpoint().toString(),
                "CATWALK_STORE_ACCESS_KEY",
                "catwalk",
                "CATWALK_STORE_SECRET_KEY",
                SECRET_KEY,
                "CATWALK_STORE_TIMEOUT",
                "2s",
                "CATWALK_REGISTRY_REFRESH",
                "1s",
                "CATWALK_LOADING_CACHE_FOLDER",
                top.resolve("cache").toString(),
                "TF_CPP_MIN_LOG_LEVEL",
                "2");
    }

    MinioObjectStore store() {
        return new MinioObjectStore(new StoreSettings(
                store.endpoint(), StoreProcess.BUCKET, "catwalk", SECRET_KEY, Duration.ofSeconds(10)));
    }

    Digest publish(long version, int shift) {
        return publish(version, shift, Optional.empty());
    }

    /** @param onnx of the version's ONNX export */
    Digest publish(long version, int shift, Optional<Digest> onnx) {
        return publish(version, shift, onnx, Optional.empty());
    }

    /** @param profile of its training images */
    Digest publish(long version, int shift, Optional<Digest> onnx, Optional<Digest> profile) {
        return publish(version, TinyModel.archive(shift), onnx, profile);
    }

    Digest publish(long version, byte[] archive, Optional<Digest> onnx, Optional<Digest> profile) {
        Digest digest = new Blobs(store()).put(archive);
        send(
                EventType.MODEL_PUBLISHED,
                ModelPublished.newBuilder()
                        .setModel("fashion")
                        .setVersion(version)
                        .setRunId("r" + version)
                        .setManifestDigest(digest.toString())
                        .setModelDigest(digest.toString())
                        .setOnnxDigest(onnx.map(Digest::toString).orElse(""))
                        .setProfileDigest(profile.map(Digest::toString).orElse(""))
                        .setDataset("fashion-mnist")
                        .setDatasetDigest(digest.toString())
                        .addAllImageShape(List.of(28, 28, 1))
                        .addAllLabelNames(TinyModel.LABELS)
                        .setTestAccuracy(0.9)
                        .setEntry(version)
                        .build());
        return digest;
    }

    void promote(long version, Digest digest, long entry) {
        send(EventType.MODEL_PROMOTED, promoted(version, digest, entry));
    }

    /** Promotes a version to canary or shadow. */
    void roll(String label, long version, Digest digest, double weight, long entry) {
        send(
                EventType.MODEL_PROMOTED,
                promoted(version, digest, entry).toBuilder()
                        .setLabel(label)
                        .setWeight(weight)
                        .build());
    }

    static ModelPromoted promoted(long version, Digest digest, long entry) {
        return ModelPromoted.newBuilder()
                .setModel("fashion")
                .setLabel("stable")
                .setVersion(version)
                .setModelDigest(digest.toString())
                .setCause("evaluations/r" + version)
                .setEntry(entry)
                .build();
    }

    <M extends Message> void send(EventType<M> type, M payload) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        Event<M> event = new Event<>(UUID.randomUUID().toString(), "/catwalk/evaluation", type, Instant.now(), payload);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new EventEncoder(Topics.unprefixed()).encode(event)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker didn't take " + event, e);
        }
    }
}
