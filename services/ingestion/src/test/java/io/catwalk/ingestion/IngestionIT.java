package io.catwalk.ingestion;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImagePng;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.local.BrokerProcess;
import io.catwalk.local.ServiceProcess;
import io.catwalk.local.StoreProcess;
import io.restassured.http.ContentType;
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
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built service on a real broker and a real store. */
class IngestionIT {
    private static final String SECRET_KEY = "0123456789abcdef";
    /** The discard port, where nobody listens. */
    private static final String DOWN = "http://127.0.0.1:9/tiny/";

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    static Path top;

    private static BrokerProcess broker;
    private static StoreProcess store;
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        TinyDataset.write(top.resolve("catalogue"), TinyDataset.files(1));
        TinyDataset.write(top.resolve("asked"), TinyDataset.files(2));
        broker = BrokerProcess.start(top.resolve("broker"));
        store = StoreProcess.start(top.resolve("store"), "catwalk", SECRET_KEY);
        service = startService();
    }

    @AfterAll
    static void stop() {
        service.close();
        store.close();
        broker.close();
    }

    @Test
    void aBareRecordIsIngestedAndAPoisonRecordGoesToDeadLetters() {
        send("{\"dataset\":\"first\",\"validationSize\":3,\"source\":{\"folder\":\"%s/asked\"}}".formatted(top));
        send("{\"dataset\":\"poison\"");
        send("{\"dataset\":\"poison\",\"validationSize\":-1,\"source\":{\"folder\":\"/a\"}}");
        send("{\"dataset\":\"last\",\"validationSize\":3,\"source\":{\"folder\":\"%s/asked\"}}".formatted(top));

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(ready())
                        .extracting(Event::id)
                        .contains("datasets/first/journal/1", "datasets/last/journal/1"));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(topic("dead-letters"))
                        .extracting(IngestionIT::reason)
                        .filteredOn(reason -> !reason.startsWith("source."))
                        .satisfiesExactlyInAnyOrder(
                                reason -> assertThat(reason).contains("value is not JSON"),
                                reason -> assertThat(reason).contains("validationSize is -1")));
        when().get(service.at("/datasets/poison")).then().statusCode(404);
        DatasetReady first = ready().stream()
                .map(Event::payload)
                .filter(payload -> payload.getDataset().equals("first"))
                .findFirst()
                .orElseThrow();
        when().get(service.at("/datasets/first"))
                .then()
                .body("newest.digest", is(first.getDigest()))
                .body("newest.images.train", is(9));
        byte[] picture =
                when().get(service.at("/datasets/first/images/train/8.png")).asByteArray();
        byte[] pixels =
                Arrays.copyOfRange(TinyDataset.files(2).get(TinyDataset.TRAIN_IMAGES), 16 + 11 * 9, 16 + 12 * 9);
        assertThat(picture).isEqualTo(ImagePng.of(new ImageDimensions(3, 3, 1), pixels));
    }

    @Test
    void aRequestOverHttpThatCantBeMetIsPublishedAsRejected() {
        given().contentType(ContentType.JSON)
                .body("{\"ingestionId\":\"lost-1\",\"dataset\":\"lost\",\"source\":{\"storePrefix\":\"runs/r1/\"}}")
                .post(service.at("/datasets"))
                .then()
                .statusCode(202);

        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(rejected())
                                .extracting(DatasetRejected::getReason)
                                .contains(
                                        "source.storePrefix is \"runs/r1/\", must not be below a folder that Catwalk itself writes"));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/ingestions/lost-1"))
                        .then()
                        .body("state", is("failed"))
                        .body("reason", startsWith("source.storePrefix")));
    }

    @Tag("fault-41")
    @Test
    void sourcesThatAreDownHoldUpNobodyAndEndByACancelOrTheirDeadline() {
        for (int i = 1; i <= 3; i++) {
            send("{\"ingestionId\":\"down-%d\",\"dataset\":\"down-%d\",\"source\":{\"url\":\"%s\"}}"
                    .formatted(i, i, DOWN));
        }
        send("{\"dataset\":\"late\",\"deadline\":\"1s\",\"source\":{\"url\":\"%s\"}}".formatted(DOWN));
        send("{\"dataset\":\"long\",\"source\":{\"folder\":\"/%s\"}}".formatted("s".repeat(300)));
        send("{\"dataset\":\"long\",\"source\":{\"storePrefix\":\"a/%s/\"}}".formatted("s".repeat(300)));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/ingestions"))
                        .then()
                        .body("findAll {it.ingestionId.startsWith('down-')}.state", everyItem(is("waiting")))
                        .body("find {it.ingestionId == 'down-3'}.reason", startsWith("its source can't be reached")));

        send("{\"dataset\":\"unhindered\",\"validationSize\":3,\"source\":{\"folder\":\"%s/asked\"}}".formatted(top));

        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(ready()).extracting(Event::id).contains("datasets/unhindered/journal/1"));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(topic("dead-letters"))
                        .extracting(IngestionIT::reason)
                        .anyMatch(reason -> reason.startsWith("source.folder is") && reason.contains("255 bytes"))
                        .anyMatch(reason -> reason.startsWith("source.storePrefix is") && reason.contains("255")));
        given().post(service.at("/ingestions/down-1/cancel")).then().statusCode(202);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(rejected())
                        .extracting(DatasetRejected::getDataset, DatasetRejected::getReason)
                        .contains(
                                tuple("down-1", "cancelled on request"),
                                tuple("late", "not ended within PT1S of its acceptance")));
        when().get(service.at("/ingestions/down-1")).then().body("state", is("cancelled"));
    }

    @Test
    void theCatalogueIsIngestedOnceHoweverOftenTheServiceStarts() {
        awaitCatalogue();
        service.close();

        service = startService();

        awaitCatalogue();
        send("{\"dataset\":\"after\",\"validationSize\":3,\"source\":{\"folder\":\"%s/asked\"}}".formatted(top));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(ready()).extracting(Event::id).contains("datasets/after/journal/1"));
        when().get(service.at("/datasets/fashion-mnist"))
                .then()
                .body("history.size()", is(1))
                .body("manifest.labelNames[9]", is("Ankle boot"));
    }

    @Tag("fault-2")
    @Test
    void readinessFollowsTheStore() {
        awaitCatalogue();
        store.stop();
        awaitStore("DOWN", containsString("the store could not"));

        // The keys are others now.
        store = StoreProcess.start(top.resolve("store"), store.port(), "catwalk", "fedcba9876543210");
        awaitStore("DOWN", containsString("the store would not"));
        when().get(service.management("/q/health/live")).then().statusCode(200);
        store.stop();
        store = StoreProcess.start(top.resolve("store"), store.port(), "catwalk", SECRET_KEY);

        awaitStore("UP", nullValue());
        when().get(service.management("/q/health/ready")).then().statusCode(200);
    }

    private static void awaitStore(String status, Matcher<?> reason) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.management("/q/health/ready"))
                        .then()
                        .body("checks.find {it.name == 'store'}.status", is(status))
                        .body("checks.find {it.name == 'store'}.data.reason", reason));
    }

    @Test
    void aTopicThatWasLostIsRepublished() {
        awaitCatalogue();
        int before = ready().size();

        given().post(service.at("/republish")).then().statusCode(200);

        assertThat(ready().stream().skip(before).map(Event::id)).contains("datasets/fashion-mnist/journal/1");
    }

    private static void awaitCatalogue() {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/datasets/fashion-mnist"))
                        .then()
                        .statusCode(200)
                        .body("newest.state", is("ready")));
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(ready()).extracting(Event::id).contains("datasets/fashion-mnist/journal/1"));
    }

    private static ServiceProcess startService() {
        return ServiceProcess.startShortLived(
                        "ingestion",
                        Path.of("target/quarkus-app/quarkus-run.jar"),
                        top.resolve("ingestion.log"),
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS",
                                broker.bootstrapServers(),
                                "CATWALK_STORE_ENDPOINT",
                                store.endpoint().toString(),
                                "CATWALK_STORE_ACCESS_KEY",
                                "catwalk",
                                "CATWALK_STORE_SECRET_KEY",
                                SECRET_KEY,
                                "CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_FOLDER",
                                top.resolve("catalogue").toString(),
                                "CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_VALIDATION_SIZE",
                                "3",
                                "CATWALK_INGESTION_FOLDER_ROOTS",
                                top.toString(),
                                "CATWALK_INGESTION_WORK_FOLDER",
                                top.resolve("work").toString(),
                                "CATWALK_INGESTION_URLS",
                                DOWN,
                                "CATWALK_JOBS_POLL",
                                "500ms"))
                .awaitReady();
    }

    private static void send(String json) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("dataset-requested", json));
        }
    }

    private static List<Event<DatasetReady>> ready() {
        EventDecoder decoder = new EventDecoder(Clock.systemUTC());
        return topic("dataset-ready").stream()
                .map(record -> decoder.decode(EventType.DATASET_READY, record))
                .toList();
    }

    private static List<DatasetRejected> rejected() {
        EventDecoder decoder = new EventDecoder(Clock.systemUTC());
        return topic("dataset-rejected").stream()
                .map(record ->
                        decoder.decode(EventType.DATASET_REJECTED, record).payload())
                .toList();
    }

    private static String reason(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
    }

    /** All that a topic holds now. */
    private static List<ConsumerRecord<String, byte[]>> topic(String name) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                UUID.randomUUID().toString());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
