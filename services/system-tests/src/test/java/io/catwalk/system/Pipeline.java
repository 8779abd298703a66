package io.catwalk.system;

import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.client.Classification;
import io.catwalk.client.PipelineClient;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.events.EventType;
import io.catwalk.local.LocalStack;
import io.catwalk.local.StackPorts;
import io.catwalk.local.StackSettings;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.system.fault.Network;
import io.catwalk.training.v1.TrainingCompleted;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A stack with its own folder, its clients, and the network between its services and their broker and store. */
public final class Pipeline implements AutoCloseable {
    public static final Duration TIMEOUT = Duration.ofSeconds(120);
    /** The dataset that is ingested at start. */
    public static final String DATASET = "fashion-mnist";

    private final Path folder;
    private final StackSettings settings;
    private final Network network;
    private LocalStack stack;
    private KafkaTopics topics;
    private PipelineClient client;
    private Optional<Instant> topicsSince = Optional.empty();

    private Pipeline(Path folder, StackSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.network = new Network(settings.ports());
        start();
    }

    /** Starts a stack and waits until all of it is ready. */
    public static Pipeline start(String name) {
        return start(name, Map.of());
    }

    /**
     * The same with more settings.
     *
     * @param more variables of every service's environment
     */
    public static Pipeline start(String name, Map<String, String> more) {
        SharedPipelines.end();
        Path target = Path.of("target", "it").toAbsolutePath();
        try {
            Files.createDirectories(target);
            Path folder = Files.createTempDirectory(target, name + "-");
            return new Pipeline(folder, settings(folder, more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StackSettings settings(Path folder, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_VALIDATION_SIZE",
                Integer.toString(BarPictures.VALIDATION),
                "CATWALK_INGESTION_FOLDER_ROOTS",
                folder.resolve("sources").toString(),
                "CATWALK_LOADING_CACHE_FOLDER",
                folder.resolve("cache").toString(),
                "CATWALK_JOBS_POLL",
                "250ms",
                "JDK_JAVA_OPTIONS",
                "-Dmp.messaging.connector.smallrye-kafka.session.timeout.ms=6000",
                "CATWALK_TRAINING_METRICS_RUNS_REFRESH",
                "500ms"));
        environment.putAll(more);
        return new StackSettings(
                StackSettings.ownRoot(),
                folder.resolve("data"),
                StackPorts.free(),
                BarPictures.write(folder.resolve("sources").resolve(DATASET), 1),
                false,
                true,
                environment);
    }

    /** Starts the stack again on what the last one left. */
    public void start() {
        stack = LocalStack.create(settings, network.detours());
        try {
            stack.start();
            topics = new KafkaTopics(stack.bootstrapServers());
            client = new PipelineClient(stack.ingestion(), stack.training(), stack.evaluation(), stack.serving());
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** Stops all of it, the services first. */
    public void stop() {
        client.close();
        topics.close();
        stack.close();
    }

    public LocalStack stack() {
        return stack;
    }

    /** What stands between the services and their broker and store. */
    public Network network() {
        return network;
    }

    public KafkaTopics topics() {
        return topics;
    }

    /** Reads all topics again, as after lost topics. */
    void hearAnew() {
        topics.close();
        topics = new KafkaTopics(stack.bootstrapServers());
        topicsSince = Optional.of(Instant.now());
    }

    /** The folder of the stack's records, objects and logs. */
    public Path data() {
        return settings.data();
    }

    /** A folder with another dataset that ingestion may read. */
    public Path source(String name, long seed) {
        return BarPictures.write(folder.resolve("sources").resolve(name), seed);
    }

    /** The same with so many training images. */
    public Path source(String name, long seed, int images) {
        return BarPictures.write(folder.resolve("sources").resolve(name), seed, images);
    }

    /** Sends a bare JSON record, without key and headers. */
    public RecordMetadata send(String topic, String json) {
        return topics.send(new ProducerRecord<>(topic, json.getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #send(String, String)}, to a partition: records on one are read in their order. */
    public void send(String topic, int partition, String json) {
        topics.send(new ProducerRecord<>(topic, partition, null, json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Asks for a run on the first dataset.
     *
     * @param more fields, as {@code "epochs": 3}
     */
    public void request(String run, String model, String more) {
        send("training-requested", trainingRequest(run, model, more));
    }

    public static String trainingRequest(String run, String model, String more) {
        return """
                {"runId": "%s", "dataset": "%s", "model": "%s", "batchSize": 32, "seed": 5, %s}""".formatted(run, DATASET, model, more);
    }

    public TrainingCompleted awaitTrained(String run) {
        return topics.await(
                        EventType.TRAINING_COMPLETED, event -> event.getRunId().equals(run))
                .payload();
    }

    EvaluationCompleted awaitEvaluated(String run) {
        return topics.await(
                        EventType.EVALUATION_COMPLETED,
                        event -> event.getRunId().equals(run))
                .payload();
    }

    public ModelPublished awaitPublished(String run) {
        return topics.await(EventType.MODEL_PUBLISHED, event -> event.getRunId().equals(run))
                .payload();
    }

    public ModelPromoted awaitPromoted(String cause) {
        return topics.await(EventType.MODEL_PROMOTED, event -> event.getCause().equals(cause))
                .payload();
    }

    /** Waits until a model's requests are answered by a version. */
    public void awaitServed(String model, long version) {
        await(model + " " + version + " is served")
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> classify(model, 0).version() == version);
    }

    /** What serving makes of a class's picture, sent as PNG. */
    public Classified classify(String model, int label) {
        Classification answer = client.classify(model, BarPictures.png(label));
        return new Classified(answer.version(), answer.digest(), answer.best().label());
    }

    public URI ingestion(String path) {
        return stack.ingestion().resolve(path);
    }

    public URI training(String path) {
        return stack.training().resolve(path);
    }

    public URI evaluation(String path) {
        return stack.evaluation().resolve(path);
    }

    public URI serving(String path) {
        return stack.serving().resolve(path);
    }

    /**
     * @param service as {@code training}
     * @param path of its probes or metrics
     */
    public URI management(String service, String path) {
        return stack.management(service).resolve(path);
    }

    /** The status that a service's probe answers, {@code live} or {@code ready}. */
    public int probe(String service, String kind) {
        return when().get(management(service, "/q/health/" + kind)).statusCode();
    }

    /** Stops all of it, once its history is found consistent. */
    @Override
    public void close() {
        try {
            network.heal();
            StackHistory.requireClean(stack, topicsSince);
        } finally {
            discard();
        }
    }

    /** Stops all of it for good, whatever its history is. */
    void discard() {
        stop();
        network.close();
    }

    /** An answer of serving: who gave it, and the most probable label. */
    public record Classified(long version, String digest, String label) {}
}
