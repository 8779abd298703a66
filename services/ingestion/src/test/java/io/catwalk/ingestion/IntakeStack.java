package io.catwalk.ingestion;

import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.catwalk.local.BrokerProcess;
import io.catwalk.local.ServiceProcess;
import io.catwalk.local.StoreProcess;

/** A broker, a store behind a gate, and the built service, which others of its kind may join. */
final class IntakeStack implements AutoCloseable {
    static final String TOPIC = "dataset-requested";
    static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final String SECRET_KEY = "0123456789abcdef";

    private final Path folder;
    private final Map<String, String> settings;
    private final StoreProcess store;
    private final RefusingGate gate;
    private BrokerProcess broker;
    private RawTopics topics;
    private int services;

    private IntakeStack(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
        broker = BrokerProcess.start(folder.resolve("broker"));
        store = StoreProcess.start(folder.resolve("store"), "catwalk", SECRET_KEY);
        gate = new RefusingGate(store.endpoint());
        topics = new RawTopics(broker.bootstrapServers());
        TinyDataset.write(folder.resolve("asked"), TinyDataset.files(2));
    }

    /** @param settings of each service, beside the stack's own, by environment */
    static IntakeStack start(Map<String, String> settings) {
        try {
            Path target = Files.createDirectories(Path.of("target", "it")).toAbsolutePath();
            return new IntakeStack(Files.createTempDirectory(target, "intake"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServiceProcess startService(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "CATWALK_STORE_ENDPOINT",
                gate.endpoint().toString(),
                "CATWALK_STORE_ACCESS_KEY",
                "catwalk",
                "CATWALK_STORE_SECRET_KEY",
                SECRET_KEY,
                "CATWALK_INGESTION_FOLDER_ROOTS",
                folder.toString(),
                "CATWALK_INGESTION_WORK_FOLDER",
                folder.resolve("work").toString(),
                "CATWALK_EVENTS_UNACKNOWLEDGED_REFRESH",
                "500ms",
                "CATWALK_JOBS_POLL",
                "500ms"));
        environment.putAll(settings);
        environment.putAll(more);
        return ServiceProcess.startShortLived(
                "ingestion",
                Path.of("target/quarkus-app/quarkus-run.jar"),
                folder.resolve("ingestion-" + ++services + ".log"),
                environment);
    }

    ServiceProcess startService() {
        return startService(Map.of()).awaitReady();
    }

    RefusingGate gate() {
        return gate;
    }

    RawTopics topics() {
        return topics;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    void killBroker() {
        broker.kill();
    }

    /** On the port that it had. */
    void restartBroker() {
        broker = BrokerProcess.start(folder.resolve("broker"), broker.port());
        topics.close();
        topics = new RawTopics(broker.bootstrapServers());
    }

    /** A valid bare request. */
    String request(String dataset) {
        return "{\"dataset\":\"%s\",\"validationSize\":3,\"source\":{\"folder\":\"%s/asked\"}}"
                .formatted(dataset, folder);
    }

    /** A valid bare request for a dataset of 4x4 grey images, made of an archive that is written first. */
    String pictures(String dataset, byte[] zip) {
        MadePictures.write(folder.resolve("pictures"), dataset + ".zip", zip);
        return "{\"dataset\":\"%s\",\"source\":{\"folder\":\"%s/pictures\"},\"pictures\":{\"archive\":\"%s.zip\",\"height\":4,\"width\":4,\"channels\":1}}"
                .formatted(dataset, folder, dataset);
    }

    /** The same of an archive that was uploaded. */
    static String uploaded(String dataset, String upload) {
        return "{\"dataset\":\"%s\",\"source\":{\"upload\":\"%s\"},\"pictures\":{\"height\":4,\"width\":4,\"channels\":3}}"
                .formatted(dataset, upload);
    }

    /** What work in progress, and nothing else, has left on the disk. */
    Path work() {
        return folder.resolve("work");
    }

    /** Waits until a service shows a dataset that was asked for. */
    static void awaitDataset(ServiceProcess service, String dataset) {
        await(dataset)
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .untilAsserted(() -> when().get(service.at("/datasets/" + dataset))
                        .then()
                        .statusCode(200)
                        .body("newest.state", is("ready")));
    }

    @Override
    public void close() {
        topics.close();
        gate.close();
        store.close();
        broker.close();
    }
}
