package io.catwalk.serving;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.google.protobuf.Message;
import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.journal.Retry;
import io.catwalk.journal.line.Judge;
import io.catwalk.journal.line.Line;
import io.catwalk.local.BrokerProcess;
import io.catwalk.local.ServiceProcess;
import io.catwalk.local.StoreProcess;
import io.catwalk.local.process.LocalPort;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreSettings;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The built service on a real broker and a real store, which come and go. */
class ServingIT {
    private static final String SECRET_KEY = "0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int STRIP = 3;
    private static final String BODY = "{\"instances\":[" + Arrays.toString(TinyModel.image(STRIP)) + "]}";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path top;

    private final int brokerPort = LocalPort.free();
    private StoreProcess store;
    private BrokerProcess broker;
    private ServiceProcess service;

    @BeforeEach
    void start() {
        RestAssured.urlEncodingEnabled = false;
        store = StoreProcess.start(top.resolve("store"), "catwalk", SECRET_KEY);
        service = startService();
    }

    @AfterEach
    void stop() {
        service.close();
        store.close();
        broker.close();
    }

    @Test
    void servesWhatIsPromotedWhileBrokerAndStoreComeAndGo() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> when().get(service.at("/q/health/live")).then().statusCode(200));
        when().get(service.at("/q/health/ready")).then().statusCode(503);
        broker = startBroker();
        service.awaitReady();
        given().contentType(ContentType.JSON)
                .body(BODY)
                .post(service.at("/v1/models/fashion:predict"))
                .then()
                .statusCode(404);

        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        assertThat(predicted()).isEqualTo(STRIP);

        broker.kill();
        broker = startBroker();
        promote(2, publish(2, 1), 2);
        awaitVersion(2);
        assertThat(predicted()).isEqualTo(STRIP + 1);

        Digest damaged = publish(3, 2);
        store().put(Artifacts.blob(damaged), new byte[] {1, 2, 3});
        promote(3, damaged, 3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get(service.at("/v1/models/fashion/versions/3"))
                        .then()
                        .body("model_version_status[0].state", is("END")));
        assertThat(predicted()).as("the old version serves on").isEqualTo(STRIP + 1);

        service.close();
        store.kill();
        service = startService().awaitReady();
        awaitVersion(2);
        assertThat(predicted()).as("from the cache, without a store").isEqualTo(STRIP + 1);
        store = StoreProcess.start(top.resolve("store"), store.port(), "catwalk", SECRET_KEY);
    }

    @Test
    void servesWhatTheJournalsDecidedWhenItsTopicsHaveLostIt() throws Exception {
        decide(1, store(1, 0));
        decide(2, store(2, 1));
        refuseOnly("never-promoted");
        store.kill();
        broker = startBroker();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> when().get(service.at("/q/health/ready"))
                        .then()
                        .statusCode(503)
                        .body(
                                "checks.find { it.name == 'models' }.data.registry",
                                startsWith("the topics hold no model, and the store can't be asked for any")));
        store = StoreProcess.start(top.resolve("store"), store.port(), "catwalk", SECRET_KEY);
        service.awaitReady();
        awaitVersion(2);
        assertThat(predicted()).isEqualTo(STRIP + 1);

        createTopicsAgain();
        decide(3, store(3, 2));
        awaitVersion(3);
        assertThat(predicted()).as("no event told of it").isEqualTo(STRIP + 2);
        promote(4, publish(4, 3), 4);
        awaitVersion(4);
    }

    /** 256 MB of heap: an eighth of it is theirs, whatever they announce. */
    @Test
    void unfinishedUploadsExhaustNoHeapAndKeepNobodyWaiting() throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        String announcement =
                "POST /v1/models/fashion:predict HTTP/1.1\r\nHost: x\r\nContent-Length: " + (8 << 20) + "\r\n\r\n{";
        List<Socket> senders = new ArrayList<>();
        try {
            for (int sender = 0; sender < 300; sender++) {
                Socket socket = new Socket("127.0.0.1", service.at("/").getPort());
                senders.add(socket);
                socket.getOutputStream().write(announcement.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[sender % 3 == 0 ? 500_000 : 0]);
                if (sender % 10 == 0) {
                    assertThat(predicted()).isEqualTo(STRIP);
                }
            }
            assertThat(predicted()).isEqualTo(STRIP);
            when().get(service.at("/q/health")).then().statusCode(200);
        } finally {
            for (Socket sender : senders) {
                sender.close();
            }
        }
    }

    @Test
    void answersWhatItTookUpWhenItIsToStop() throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        AtomicInteger answered = new AtomicInteger();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> calls = IntStream.range(0, 4)
                    .mapToObj(caller -> callers.submit(() -> callUntilSentAway(answered)))
                    .toList();
            await().atMost(PATIENCE).until(() -> answered.get() > 200);
            service.close();
            for (Future<Integer> call : calls) {
                assertThat(call.get()).isPositive();
            }
        }
    }

    /** Calls on one connection until an answer says that it closes, as a balancer's client would then go elsewhere. */
    private int callUntilSentAway(AtomicInteger answered) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            int own = 0;
            HttpRequest request = HttpRequest.newBuilder(service.at("/v1/models/fashion:predict"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(BODY))
                    .build();
            boolean stays = true;
            while (stays) {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(200);
                own++;
                answered.incrementAndGet();
                stays = response.headers().firstValue("connection").isEmpty();
            }
            return own;
        }
    }

    private void awaitVersion(long version) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get(service.at("/v1/models/fashion"))
                        .then()
                        .statusCode(200)
                        .body("labels.stable", is(Long.toString(version))));
    }

    private int predicted() {
        Response response =
                given().contentType(ContentType.JSON).body(BODY).post(service.at("/v1/models/fashion:predict"));
        response.then().statusCode(200);
        List<Float> probabilities = response.path("predictions[0]");
        return probabilities.indexOf(probabilities.stream().max(Float::compare).orElseThrow());
    }

    private BrokerProcess startBroker() {
        return BrokerProcess.start(top.resolve("broker"), brokerPort);
    }

    private ServiceProcess startService() {
        return ServiceProcess.start(
                "serving",
                Path.of("target/quarkus-app/quarkus-run.jar"),
                top.resolve("serving.log"),
                Map.of(
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
                        "2"));
    }

    private MinioObjectStore store() {
        return new MinioObjectStore(new StoreSettings(
                store.endpoint(), StoreProcess.BUCKET, "catwalk", SECRET_KEY, Duration.ofSeconds(10)));
    }

    private Digest publish(long version, int shift) {
        Digest digest = new Blobs(store()).put(TinyModel.archive(shift));
        send(
                EventType.MODEL_PUBLISHED,
                ModelPublished.newBuilder()
                        .setModel("fashion")
                        .setVersion(version)
                        .setRunId("r" + version)
                        .setManifestDigest(digest.toString())
                        .setModelDigest(digest.toString())
                        .setDataset("fashion-mnist")
                        .setDatasetDigest(digest.toString())
                        .addAllImageShape(List.of(28, 28, 1))
                        .addAllLabelNames(TinyModel.LABELS)
                        .setTestAccuracy(0.9)
                        .setEntry(version)
                        .build());
        return digest;
    }

    private void promote(long version, Digest digest, long entry) {
        send(EventType.MODEL_PROMOTED, promoted(version, digest, entry));
    }

    private static ModelPromoted promoted(long version, Digest digest, long entry) {
        return ModelPromoted.newBuilder()
                .setModel("fashion")
                .setLabel("stable")
                .setVersion(version)
                .setModelDigest(digest.toString())
                .setCause("evaluations/r" + version)
                .setEntry(entry)
                .build();
    }

    /** A version's manifest, as evaluation writes it, and its archive. */
    private Digest store(long version, int shift) {
        Digest model = new Blobs(store()).put(TinyModel.archive(shift));
        String labels = TinyModel.LABELS.stream()
                .map(label -> '"' + label + '"')
                .toList()
                .toString();
        String manifest = """
                {"dataset":"fashion-mnist","digests":{"data":"%1$s","model":"%1$s","page":"%1$s","report":"%1$s","request":"%1$s",\
                "weights":"%1$s"},"imageShape":[28,28,1],"labelNames":%2$s,"model":"fashion","network":"tiny","parameters":7850,\
                "runId":"r%3$d","schema":1,"test":{"accuracy":0.9,"count":10,"loss":0.3},\
                "validation":{"accuracy":0.9,"count":10,"loss":0.3},"version":%3$d}""".formatted(model, labels, version);
        store().put(Artifacts.modelVersion(new Name("fashion"), version), manifest.getBytes(StandardCharsets.UTF_8));
        return model;
    }

    /** Puts a promotion into the line of the label stable, and tells nobody. */
    private void decide(long version, Digest digest) throws InterruptedException {
        line("fashion")
                .put(
                        "evaluations/r" + version,
                        (soFar, number) -> new Judge.Decision(
                                Map.of("outcome", "promoted"),
                                Optional.of(JournalEvents.of(
                                        EventType.MODEL_PROMOTED, Instant.now(), promoted(version, digest, number)))));
    }

    private void refuseOnly(String model) throws InterruptedException {
        line(model)
                .put(
                        "evaluations/r9",
                        (soFar, number) -> new Judge.Decision(Map.of("outcome", "refused"), Optional.empty()));
    }

    private Line line(String model) {
        return new Line(
                store(),
                Artifacts.labelLine(new Name(model), new Name("stable")),
                "a-test",
                new Retry(Duration.ofMillis(10), Duration.ofSeconds(1)));
    }

    /** As the broker that lost its data has them. */
    private void createTopicsAgain() throws Exception {
        List<String> names = List.of("model-published", "model-promoted");
        try (Admin admin = Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            admin.deleteTopics(names).all().get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(names::contains));
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private <M extends Message> void send(EventType<M> type, M payload) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        Event<M> event = new Event<>(UUID.randomUUID().toString(), "/catwalk/evaluation", type, Instant.now(), payload);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new EventEncoder(Topics.unprefixed()).encode(event)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker didn't take " + event, e);
        }
    }
}
