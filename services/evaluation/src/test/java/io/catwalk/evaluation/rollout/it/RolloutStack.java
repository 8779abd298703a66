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
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.Jobs;
import io.catwalk.local.BrokerProcess;
import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreSettings;
import io.catwalk.rollout.v1.ServingWindow;
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

    final Registry registry;
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
                "150ms",
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

    void send(String topic, String body) {
        send(new ProducerRecord<>(topic, body.getBytes(UTF_8)));
    }

    void tell(ServingWindow window) {
        send(encoder.encode(new Event<>(
                UUID.randomUUID().toString(), "/catwalk/serving", EventType.SERVING_WINDOW, Instant.now(), window)));
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
                .pollInterval(Duration.ofMillis(50))
                .until(() -> rollouts.find(id).filter(Job::closed), Optional::isPresent)
                .orElseThrow();
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
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                heard.add(decoder.decode(
                        Topics.unprefixed().typeOf(record.topic()).orElseThrow(), record));
            }
        }
        return heard.stream()
                .filter(event -> event.id().startsWith("rollouts/" + rollout + "/"))
                .map(event -> event.id() + " " + event.type().topic())
                .distinct()
                .sorted(Comparator.comparingInt((String text) ->
                        Integer.parseInt(text.substring(text.lastIndexOf('/') + 1, text.indexOf(' ')))))
                .map(text -> text.substring(text.indexOf(' ') + 1))
                .toList();
    }

    /** The topic is lost with all that it held, and made anew. */
    void loseWindows() {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(WINDOWS)).all().get();
            await().atMost(TIMEOUT).until(() -> isGone(admin));
            admin.createTopics(List.of(new NewTopic(WINDOWS, 3, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isGone(Admin admin) throws InterruptedException {
        try {
            admin.describeTopics(List.of(WINDOWS)).allTopicNames().get();
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
