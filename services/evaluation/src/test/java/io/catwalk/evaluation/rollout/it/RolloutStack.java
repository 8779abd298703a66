package io.catwalk.evaluation.rollout.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

import io.catwalk.client.EventConsumer;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.PublishedVersions;
import io.catwalk.evaluation.rollout.ServingReplica;
import io.catwalk.evaluation.rollout.ServingReplica.Load;
import io.catwalk.evaluation.rollout.job.RolloutState;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.Jobs;
import io.catwalk.local.BrokerProcess;
import io.catwalk.local.StoreProcess;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreSettings;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.serving.v1.InferenceLogged;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One broker and one store for all tests, in which models are published, and that get the windows of a serving. */
final class RolloutStack {
    static final Duration TIMEOUT = Duration.ofSeconds(90);
    static final Load STABLE = Load.of(900, 9);

    private static final Retry RETRY = new Retry(Duration.ofMillis(20), Duration.ofMillis(200));
    private static final String KEY = "rollout-it";
    private static final String SECRET = "rollout-it-secret";
    private static final String WINDOWS = "serving-window";
    private static final String LOG = "inference-logged";
    private static final int PARTITIONS = 3;

    final Registry registry;
    final Blobs blobs;
    final Jobs rollouts;
    private final BrokerProcess broker;
    private final StoreProcess storeProcess;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final EventEncoder encoder = new EventEncoder(Topics.unprefixed());
    private final EventDecoder decoder = new EventDecoder(Clock.systemUTC());
    private final List<Event<?>> heard = new ArrayList<>();

    private RolloutStack(Path folder) {
        broker = BrokerProcess.start(folder.resolve("broker"));
        storeProcess = StoreProcess.start(folder.resolve("store"), KEY, SECRET);
        var store = new MinioObjectStore(
                new StoreSettings(storeProcess.endpoint(), StoreProcess.BUCKET, KEY, SECRET, Duration.ofSeconds(10)));
        String writer = "it/" + UUID.randomUUID();
        registry = new Registry(store, writer, RETRY);
        blobs = new Blobs(store);
        rollouts = new Jobs(store, JobKind.ROLLOUT, writer, RETRY);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = EventConsumer.kafkaConsumer(broker.bootstrapServers());
        EventConsumer.assignFromBeginning(
                consumer,
                List.of(
                                EventType.ROLLOUT_STARTED,
                                EventType.ROLLOUT_ADVANCED,
                                EventType.ROLLOUT_COMPLETED,
                                EventType.MODEL_PROMOTED)
                        .stream()
                        .map(EventType::topic));
    }

    static RolloutStack start() {
        try {
            Files.createDirectories(Path.of("target/it"));
            return new RolloutStack(
                    Files.createTempDirectory(Path.of("target/it").toAbsolutePath(), "rollouts"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        producer.close();
        consumer.close();
        storeProcess.kill();
        broker.kill();
    }

    /** A service's environment on this stack. */
    Map<String, String> environment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "CATWALK_STORE_ENDPOINT",
                storeProcess.endpoint().toString(),
                "CATWALK_STORE_ACCESS_KEY",
                KEY,
                "CATWALK_STORE_SECRET_KEY",
                SECRET,
                "CATWALK_JOBS_POLL",
                "300ms",
                "CATWALK_JOBS_MISSED",
                "4",
                "CATWALK_ROLLOUT_SILENCE",
                "3s",
                "CATWALK_ROLLOUT_PATIENCE",
                "3s");
    }

    /** A model with two versions, of which 1 is stable. */
    Name publish(String model) {
        Name name = new Name(model);
        try {
            PublishedVersions.publish(registry, name, 1);
            PublishedVersions.publish(registry, name, 2);
            PublishedVersions.point(registry, name, Registry.STABLE, "promotions/back-" + model, 1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return name;
    }

    /** A model with two versions, of which 1 is stable; the second has this ONNX export. */
    Name publish(String model, byte[] onnx) {
        Name name = new Name(model);
        try {
            PublishedVersions.publish(registry, name, 1);
            PublishedVersions.publish(registry, PublishedVersions.manifest(name, 2, Optional.of(blobs.put(onnx))));
            PublishedVersions.point(registry, name, Registry.STABLE, "promotions/back-" + model, 1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return name;
    }

    void send(String topic, String body) {
        send(new ProducerRecord<>(topic, body.getBytes(UTF_8)));
    }

    void send(Event<?> event) {
        send(encoder.encode(event));
    }

    void tell(ServingWindow window) {
        send(new Event<>(
                UUID.randomUUID().toString(), "/catwalk/serving", EventType.SERVING_WINDOW, Instant.now(), window));
    }

    /** Serving logs a request. */
    void log(InferenceLogged request, Instant at) {
        ProducerRecord<String, byte[]> record = encoder.encode(
                new Event<>(UUID.randomUUID().toString(), "/catwalk/serving", EventType.INFERENCE_LOGGED, at, request));
        producer.send(new ProducerRecord<>(
                record.topic(), null, at.toEpochMilli(), record.key(), record.value(), record.headers()));
    }

    /** Serving logs requests of another model, so many in each partition. */
    void logOthers(int perPartition) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int record = 0; record < perPartition; record++) {
                producer.send(new ProducerRecord<>(LOG, partition, "others/1", new byte[] {1}));
            }
        }
    }

    /** Waits until the broker has all that was logged. */
    void awaitLogged() {
        producer.flush();
    }

    /** Somebody writes what is no event under the key of a request. */
    void logDamaged(String key) {
        send(new ProducerRecord<>(LOG, key, "no event".getBytes(UTF_8)));
    }

    /** Tells windows until something holds. */
    void serveUntil(ServingReplica serving, Load canary, Callable<Boolean> condition) {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(20)).until(() -> {
            tell(serving.next("canary", canary, STABLE));
            return condition.call();
        });
    }

    Job awaitClosed(Name id) {
        return await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> rollouts.find(id).filter(Job::closed), Optional::isPresent)
                .orElseThrow();
    }

    /** What the journal said after each entry of its work. */
    List<RolloutState> progress(Name id) {
        return rollouts.history(id).stream()
                .filter(entry -> entry.entry().kind() == EntryKind.PROGRESS)
                .map(entry -> JournalJson.record(entry.entry().fold().path("state"), RolloutState.class))
                .toList();
    }

    boolean closed(Name id) {
        return rollouts.find(id).filter(Job::closed).isPresent();
    }

    List<DecisionEntry> line(Name model, String label) {
        return registry.labelJournal(model, new Name(label)).entries();
    }

    List<Double> weights(Name model) {
        return line(model, "canary").stream()
                .flatMap(entry -> LabelDecision.of(entry).weight().stream())
                .toList();
    }

    /** What was published of a rollout until now, without repetitions. */
    List<String> published(Name rollout) {
        hear();
        return heard.stream()
                .filter(event -> event.id().startsWith("rollouts/" + rollout + "/"))
                .map(event -> event.id() + " " + event.type().topic())
                .distinct()
                .sorted(Comparator.comparingInt((String text) ->
                        Integer.parseInt(text.substring(text.lastIndexOf('/') + 1, text.indexOf(' ')))))
                .map(text -> text.substring(text.indexOf(' ') + 1))
                .toList();
    }

    /** Weights of a model's canary that were published until now. */
    List<Double> publishedWeights(Name model) {
        hear();
        return heard.stream()
                .map(Event::payload)
                .filter(ModelPromoted.class::isInstance)
                .map(ModelPromoted.class::cast)
                .filter(promoted -> promoted.getModel().equals(model.value()) && promoted.hasWeight())
                .map(ModelPromoted::getWeight)
                .distinct()
                .toList();
    }

    private void hear() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                heard.add(decoder.decode(
                        Topics.unprefixed().typeOf(record.topic()).orElseThrow(), record));
            }
        }
    }

    /** The topic is lost with all that it held, and made anew. */
    void loseWindows() {
        withAdmin(admin -> {
            lose(admin, WINDOWS);
            make(admin, WINDOWS);
        });
    }

    /** The topic isn't there while something happens. */
    void withoutLog(Runnable meanwhile) {
        withAdmin(admin -> {
            lose(admin, LOG);
            meanwhile.run();
            make(admin, LOG);
        });
    }

    private void withAdmin(Administration administration) {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            administration.run(admin);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @FunctionalInterface
    private interface Administration {
        void run(Admin admin) throws InterruptedException, ExecutionException;
    }

    private static void lose(Admin admin, String topic) throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(TIMEOUT).until(() -> isGone(admin, topic));
    }

    private static void make(Admin admin, String topic) throws InterruptedException, ExecutionException {
        admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    private static boolean isGone(Admin admin, String topic) throws InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        }
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
