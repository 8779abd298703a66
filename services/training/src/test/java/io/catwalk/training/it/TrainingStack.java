package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.catwalk.events.Event;
import io.catwalk.events.Topics;
import io.catwalk.history.CheckSettings;
import io.catwalk.history.Finding;
import io.catwalk.history.HistoryCheck;
import io.catwalk.history.Progress;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.Jobs;
import io.catwalk.local.BrokerProcess;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.local.StoreProcess;
import io.catwalk.local.process.Pause;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreSettings;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.data.StoredDatasets;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One broker and one store for all tests, with a small dataset. They end with this process at the latest. */
final class TrainingStack {
    static final String DATASET = "bars";
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final int MISSED = 4;
    /** How long a trainer may go without a heartbeat. */
    static final Duration LEASE = POLL.multipliedBy(MISSED);

    private static final Retry RETRY = new Retry(Duration.ofMillis(20), Duration.ofMillis(200));
    private static final String KEY = "training-it";
    private static final String SECRET = "training-it-secret";

    private final BrokerProcess broker;
    private final Path folder;
    private final ObjectStore store;
    private final Jobs jobs;
    private final Jobs sweeps;
    private final KafkaProducer<String, String> producer;
    private final HeardEvents heard;
    private StoreProcess storeProcess;

    private TrainingStack(Path folder) {
        this.folder = folder;
        broker = BrokerProcess.start(folder.resolve("broker"));
        storeProcess = StoreProcess.start(folder.resolve("store"), KEY, SECRET);
        store = new MinioObjectStore(
                new StoreSettings(storeProcess.endpoint(), StoreProcess.BUCKET, KEY, SECRET, Duration.ofSeconds(10)));
        jobs = jobs(JobKind.RUN);
        sweeps = jobs(JobKind.SWEEP);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
        heard = new HeardEvents(broker.bootstrapServers());
        new StoredDatasets(store).ready(DATASET, Pictures.of(340, 28, 10, 1), Pictures.of(50, 28, 10, 2), 40, folder);
    }

    private Jobs jobs(JobKind kind) {
        return new Jobs(store, kind, "it/" + UUID.randomUUID(), RETRY);
    }

    static TrainingStack start() {
        try {
            Files.createDirectories(Path.of("target/it"));
            return new TrainingStack(
                    Files.createTempDirectory(Path.of("target/it").toAbsolutePath(), "stack"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends the trainers, broker and store, once the history of the jobs is found consistent.
     *
     * @param trainers those that run: a trainer's next poll may have something to tidy up
     */
    void stop(ReplicaProcess... trainers) {
        stopWithout(unit -> false, trainers);
    }

    /**
     * As {@link #stop}.
     *
     * @param madeUp the units whose history a test has made up
     */
    void stopWithout(Predicate<String> madeUp, ReplicaProcess... trainers) {
        try {
            assertThat(findings())
                    .filteredOn(finding -> !madeUp.test(finding.unit()))
                    .isEmpty();
        } finally {
            Stream.of(trainers).forEach(ReplicaProcess::close);
            producer.close();
            heard.close();
            storeProcess.kill();
            broker.kill();
        }
    }

    /** The dataset was decided by no ingestion. */
    private List<Finding> findings() {
        CheckSettings settings = new CheckSettings(true, Duration.ofSeconds(10), Optional.empty(), 4);
        Map<String, Object> client = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try {
            return new HistoryCheck(store, client, Topics.unprefixed(), settings, new Progress(line -> {}))
                    .run().findings().stream()
                            .filter(finding -> !finding.unit().equals("datasets/" + DATASET))
                            .toList();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A trainer's environment on this stack. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("CATWALK_STORE_ENDPOINT", storeProcess.endpoint().toString());
        environment.put("CATWALK_STORE_ACCESS_KEY", KEY);
        environment.put("CATWALK_STORE_SECRET_KEY", SECRET);
        environment.put("CATWALK_JOBS_POLL", POLL.toMillis() + "ms");
        environment.put("CATWALK_JOBS_MISSED", Integer.toString(MISSED));
        environment.put("CATWALK_TRAINING_METRICS_RUNS_REFRESH", "500ms");
        return environment;
    }

    Jobs jobs() {
        return jobs;
    }

    Jobs sweeps() {
        return sweeps;
    }

    ObjectStore store() {
        return store;
    }

    /** Kills the store, and starts it anew on its data after so long. */
    void withoutStore(Duration away) {
        int port = storeProcess.endpoint().getPort();
        storeProcess.kill();
        Pause.of(away);
        storeProcess = StoreProcess.start(folder.resolve("store"), port, KEY, SECRET);
    }

    /** A consumer comes to a group, gets a part of the training requests' partitions, reads nothing, and goes. */
    void joinAndLeave(String group) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("training-requested"));
            await().atMost(TIMEOUT).until(() -> {
                consumer.poll(Duration.ofMillis(50));
                return !consumer.assignment().isEmpty();
            });
        }
    }

    void send(String topic, String body) {
        try {
            producer.send(new ProducerRecord<>(topic, body)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    void request(Name run, int epochs) {
        request(run, epochs, "\"network\": \"tutorial-cnn\"");
    }

    /** @param fields of a training request in JSON, beside those that all have */
    void request(Name run, int epochs, String fields) {
        send("training-requested", """
                {"runId": "%s", "dataset": "%s", "model": "bars", "epochs": %d, "batchSize": 32, "seed": 5,
                 "checkpointInterval": "1s", %s}""".formatted(run, DATASET, epochs, fields));
    }

    /** Commits the ends of the topic of training requests as a group's offsets. */
    void seekToEnd(String group) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                group);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("training-requested").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            consumer.commitSync();
        }
    }

    /** All runs' ids; the store's server can fail to list a folder in which files come and go. */
    List<Name> runs() {
        try {
            return RETRY.untilAnswered(jobs::ids);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Job awaitClosed(Name run) {
        return await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> jobs.find(run).filter(Job::closed), Optional::isPresent)
                .orElseThrow();
    }

    /** What was published of a run until now, in no order between topics. */
    List<Event<?>> published(Name run) {
        return publishedOf("runs/" + run + "/");
    }

    /** What was published of a job until now, by the folder of its journal. */
    List<Event<?>> publishedOf(String folder) {
        return heard.upToNow().stream()
                .filter(event -> event.id().startsWith(folder))
                .toList();
    }

    /** Records in dead-letters, as text. */
    List<String> deadLetters() {
        List<String> letters = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition("dead-letters", 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).get(partitions.getFirst());
            while (consumer.position(partitions.getFirst()) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    letters.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return letters;
    }
}
