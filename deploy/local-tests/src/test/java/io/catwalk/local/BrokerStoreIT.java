package io.catwalk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.catwalk.local.process.ChildFailedException;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerStoreIT {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 20;

    @TempDir
    Path folder;

    @Tag("fault-1")
    @Test
    void brokerKeepsRecordsAndOffsetsOverStopAndKill() throws Exception {
        int port;
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            port = broker.port();
            send(broker, "first");
            broker.kill();
            assertThat(ProcessHandle.of(broker.pid())).isEmpty();
        }
        try (BrokerProcess broker = BrokerProcess.start(folder, port)) {
            assertThat(receive(broker, "people", 1)).containsExactly("first");
            send(broker, "second");
            broker.stop();
            assertThat(ProcessHandle.of(broker.pid())).isEmpty();
        }
        try (BrokerProcess broker = BrokerProcess.start(folder, port)) {
            assertThat(receive(broker, "people", 1)).containsExactly("second");
            assertThat(receive(broker, "others", 2)).containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    void brokerCreatesThePipelinesTopicsAndNoOthers() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder);
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get())
                    .hasSize(26)
                    .contains("training-requested", "model-promoted", "dead-letters");
            assertThat(setting(admin, "model-promoted", "retention.ms")).isEqualTo("-1");
            assertThat(setting(admin, "dead-letters", "retention.ms")).isEqualTo("2592000000");
            assertThat(setting(admin, "epoch-completed", "retention.ms")).isEqualTo("604800000");
            assertThat(setting(admin, "epoch-completed", "flush.messages")).isEqualTo("1");
            assertThat(setting(admin, "model-promoted", "cleanup.policy")).isEqualTo("delete");
            assertThat(partitions(admin, "training-requested")).isEqualTo(3);
            assertThat(partitions(admin, "dataset-ready")).isEqualTo(1);
        }
    }

    @Test
    void storeKeepsObjectsOverStopAndKill() throws Exception {
        int port;
        try (StoreProcess store = StoreProcess.start(folder, "key", "secret-of-the-test")) {
            port = store.port();
            MinioClient client = client(store, "secret-of-the-test");
            put(client, "runs/a/one", "1".getBytes(StandardCharsets.UTF_8));
            store.kill();
            assertThat(ProcessHandle.of(store.pid())).isEmpty();
        }
        byte[] large = new byte[40 * 1024 * 1024];
        large[large.length - 1] = 7;
        try (StoreProcess store = StoreProcess.start(folder, port, "key", "secret-of-the-test")) {
            MinioClient client = client(store, "secret-of-the-test");
            put(client, "blobs/large", large);
            store.stop();
            assertThat(ProcessHandle.of(store.pid())).isEmpty();
        }
        try (StoreProcess store = StoreProcess.start(folder, port, "key", "secret-of-the-test")) {
            MinioClient client = client(store, "secret-of-the-test");
            assertThat(get(client, "runs/a/one")).asString().isEqualTo("1");
            assertThat(get(client, "blobs/large")).isEqualTo(large);
            assertThat(names(client)).containsExactly("blobs/large", "runs/a/one");
            assertThatThrownBy(() -> get(client(store, "another-secret"), "runs/a/one"))
                    .isInstanceOf(ErrorResponseException.class)
                    .hasMessageContaining("signature");
        }
    }

    @Test
    void storeLetsOneOfManyWritersCreateAnObject() throws Exception {
        try (StoreProcess store = StoreProcess.start(folder, "key", "secret-of-the-test");
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            MinioClient client = client(store, "secret-of-the-test");
            for (int round = 0; round < ROUNDS; round++) {
                String name = "journal/%08d.json".formatted(round);
                List<String> winners = race(client, writers, name);
                assertThat(winners).as(name).hasSize(1);
                assertThat(get(client, name)).asString().isEqualTo(winners.getFirst());
            }
        }
    }

    @Test
    void aChildThatCannotStartTellsWhy() {
        try (StoreProcess store = StoreProcess.start(folder.resolve("a"), "key", "secret-of-the-test")) {
            assertThatThrownBy(() -> StoreProcess.start(folder.resolve("b"), store.port(), "key", "secret-of-the-test"))
                    .isInstanceOf(ChildFailedException.class)
                    .hasMessageContaining("store ended with exit code 1")
                    .hasMessageContaining("Failed to bind");
        }
    }

    private static List<String> race(MinioClient client, ExecutorService writers, String name) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String content = "writer " + writer;
            Callable<Boolean> attempt = () -> {
                start.await();
                return createIfAbsent(client, name, content);
            };
            results.add(writers.submit(attempt));
        }
        List<String> winners = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            if (results.get(writer).get()) {
                winners.add("writer " + writer);
            }
        }
        return winners;
    }

    private static boolean createIfAbsent(MinioClient client, String name, String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            client.putObject(
                    PutObjectArgs.builder()
                            .bucket(StoreProcess.BUCKET)
                            .object(name)
                            .headers(Map.of("If-None-Match", "*"))
                            .stream(new ByteArrayInputStream(bytes), bytes.length, -1)
                            .build());
            return true;
        } catch (ErrorResponseException e) {
            assertThat(e.response().code()).isEqualTo(412);
            return false;
        }
    }

    private static MinioClient client(StoreProcess store, String secret) {
        return MinioClient.builder()
                .endpoint(store.endpoint().toString())
                .credentials("key", secret)
                .build();
    }

    private static void put(MinioClient client, String name, byte[] content) throws Exception {
        client.putObject(PutObjectArgs.builder().bucket(StoreProcess.BUCKET).object(name).stream(
                        new ByteArrayInputStream(content), content.length, -1)
                .build());
    }

    private static byte[] get(MinioClient client, String name) throws Exception {
        try (var object = client.getObject(
                GetObjectArgs.builder().bucket(StoreProcess.BUCKET).object(name).build())) {
            return object.readAllBytes();
        }
    }

    private static List<String> names(MinioClient client) throws Exception {
        List<String> names = new ArrayList<>();
        for (var item : client.listObjects(ListObjectsArgs.builder()
                .bucket(StoreProcess.BUCKET)
                .recursive(true)
                .build())) {
            if (!item.get().isDir()) {
                names.add(item.get().objectName());
            }
        }
        return names;
    }

    private static void send(BrokerProcess broker, String text) throws Exception {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("training-requested", text)).get();
        }
    }

    private static List<String> receive(BrokerProcess broker, String group, int count) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        List<String> texts = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(Set.of("training-requested"));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (texts.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> texts.add(record.value()));
            }
            consumer.commitSync();
        }
        return texts;
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(Set.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(Set.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }
}
