package io.catwalk.ingestion;

import static io.catwalk.ingestion.IntakeStack.TIMEOUT;
import static io.catwalk.ingestion.IntakeStack.TOPIC;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.catwalk.local.ServiceProcess;
import io.catwalk.objectstore.Digest;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands on a request topic, the built service goes on, and says of each record what came of it. */
class IntakeIT {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static IntakeStack stack;
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        stack = IntakeStack.start(Map.of());
        service = stack.startService();
    }

    @AfterAll
    static void stop() {
        service.close();
        stack.close();
    }

    static Stream<Arguments> recordsThatAConnectorCantParse() {
        return Stream.of(
                Arguments.of(STRUCTURED, "not json".getBytes(UTF_8), "value is not JSON"),
                Arguments.of(STRUCTURED, "[]".getBytes(UTF_8), "value is not a JSON object"),
                Arguments.of("application/cloudevents-batch+json", "[]".getBytes(UTF_8), "a record holds one event"),
                Arguments.of(
                        "application/cloudevents+protobuf",
                        HexFormat.of().parseHex("0a02696412032f6d65"),
                        "events are read as JSON alone"),
                Arguments.of(STRUCTURED, new byte[0], "value is not a JSON object: it is empty"),
                Arguments.of(";", "{}".getBytes(UTF_8), "content-type is \";\""));
    }

    @Tag("fault-34")
    @ParameterizedTest
    @MethodSource
    void recordsThatAConnectorCantParse(String contentType, byte[] value, String reason) {
        RecordMetadata sent = send(value, contentType);

        assertThat(RawTopics.reason(awaitLetter(sent))).contains(reason);
        assertGoesOn();
    }

    @Test
    void aTombstoneAndHeadersWithoutValuesAreRefused() {
        ProducerRecord<byte[], byte[]> tombstone = new ProducerRecord<>(TOPIC, new byte[] {(byte) 0xff}, null);
        ProducerRecord<byte[], byte[]> hollow = new ProducerRecord<>(TOPIC, "{}".getBytes(UTF_8));
        hollow.headers().add("content-type", null).add("ce_id", null).add("traceparent", null);
        RecordMetadata first = stack.topics().send(tombstone);
        RecordMetadata second = stack.topics().send(hollow);

        assertThat(awaitLetter(first)).satisfies(letter -> {
            assertThat(RawTopics.reason(letter)).isEqualTo("value is null");
            assertThat(letter.key()).containsExactly(0xff);
            assertThat(letter.value()).isNull();
        });
        assertThat(RawTopics.reason(awaitLetter(second))).isEqualTo("content-type is null");
        assertGoesOn();
    }

    @Test
    void aKeyThatIsntTextIsRefusedAsItIs() {
        byte[] value = stack.request("bad-key").getBytes(UTF_8);
        RecordMetadata sent = stack.topics().send(new ProducerRecord<>(TOPIC, new byte[] {'a', (byte) 0xc3}, value));

        ConsumerRecord<byte[], byte[]> letter = awaitLetter(sent);
        assertThat(RawTopics.reason(letter)).startsWith("key is not UTF-8");
        assertThat(letter.key()).isEqualTo(new byte[] {'a', (byte) 0xc3});
        assertThat(letter.value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {STRUCTURED, STRUCTURED + "; charset=UTF-8", "Application/CloudEvents+JSON;charset=\"utf-8\""})
    void aStructuredEventIsAccepted(String contentType) {
        String dataset = "structured-" + Integer.toHexString(contentType.hashCode());
        send(structured(dataset), contentType);

        IntakeStack.awaitDataset(service, dataset);
    }

    @Test
    void aStructuredEventWithoutItsHeaderIsRejectedWithThatReason() {
        RecordMetadata sent = stack.topics().send(new ProducerRecord<>(TOPIC, structured("headless")));

        assertThat(RawTopics.reason(awaitLetter(sent)))
                .isEqualTo("value looks like a CloudEvent in structured mode;"
                        + " such a record must have the header content-type: application/cloudevents+json");
    }

    private static byte[] structured(String dataset) {
        return """
                {"specversion":"1.0","id":"%s","source":"/me","type":"catwalk.dataset.v1.DatasetRequested",\
                "datacontenttype":"application/json","data":%s}""".formatted(dataset, stack.request(dataset)).getBytes(UTF_8);
    }

    @Tag("fault-35")
    @Test
    void aRecordThatIsTooLargeForAnyProducerLeavesALetterThatDescribesIt() {
        byte[] value = ("{\"dataset\":\"names\"," + " ".repeat(3_000_000) + "}").getBytes(UTF_8);
        RecordMetadata sent = stack.topics().send(new ProducerRecord<>(TOPIC, value));

        ConsumerRecord<byte[], byte[]> letter = awaitLetter(sent);
        assertThat(RawTopics.reason(letter)).startsWith("value is " + value.length + " bytes");
        assertThat(RawTopics.header(letter, "dead-letter-value-length")).hasValue("" + value.length);
        assertThat(RawTopics.header(letter, "dead-letter-value-digest"))
                .hasValue(Digest.of(value).toString());
        assertThat(letter.value())
                .isEqualTo(Arrays.copyOf(value, letter.value().length))
                .hasSizeGreaterThan(900_000);
        assertGoesOn();
    }

    @Tag("fault-35")
    @ParameterizedTest
    @ValueSource(ints = {990_000, 996_000, 998_000, 1_000_000, 1_040_000, 1_048_000, 1_048_576, 1_048_588, 1_060_000})
    void aRecordNearALimitLeavesALetterThatIsWholeOrDescribesIt(int length) {
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) ' ');
        RecordMetadata sent = send(value, "application/json; x=" + "y".repeat(3000));

        ConsumerRecord<byte[], byte[]> letter = awaitLetter(sent);
        assertThat(RawTopics.header(letter, "dead-letter-value-length").isPresent())
                .isEqualTo(letter.value().length < length);
        assertThat(letter.value()).hasSizeGreaterThan(900_000);
    }

    @Test
    void headersThatAreTooLargeAreDroppedAndCounted() {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, "{}".getBytes(UTF_8));
        record.headers().add("small", new byte[] {1});
        record.headers().add("large", new byte[2_000_000]);
        IntStream.range(0, 50_000).forEach(i -> record.headers().add("h", new byte[] {2}));
        RecordMetadata sent = stack.topics().send(record);

        ConsumerRecord<byte[], byte[]> letter = awaitLetter(sent);
        assertThat(RawTopics.reason(letter)).startsWith("headers are ");
        assertThat(letter.headers().lastHeader("small")).isEqualTo(new RecordHeader("small", new byte[] {1}));
        assertThat(letter.headers().lastHeader("large")).isNull();
        assertThat(RawTopics.header(letter, "dead-letter-headers-dropped")).isPresent();
        assertGoesOn();
    }

    @Tag("fault-36")
    @Test
    void aRequestOfAnAbortedTransactionIsNeverSeen() {
        try (var producer = stack.topics().producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "undecided"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                    TOPIC, 0, null, stack.request("aborted").getBytes(UTF_8)));
            producer.send(new ProducerRecord<>(TOPIC, 0, null, "aborted poison".getBytes(UTF_8)));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                    TOPIC, 0, null, stack.request("committed").getBytes(UTF_8)));
            producer.commitTransaction();
        }

        IntakeStack.awaitDataset(service, "committed");
        when().get(service.at("/datasets/aborted")).then().statusCode(404);
        assertThat(stack.topics().all(RawTopics.DEAD_LETTERS))
                .noneSatisfy(letter -> assertThat(letter.value()).isEqualTo("aborted poison".getBytes(UTF_8)));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(
                                when().get(service.management("/q/metrics")).asString())
                        .contains("catwalk_events_unacknowledged{topic=\"dataset-requested\"} 0.0"));
    }

    private static RecordMetadata send(byte[] value, String contentType) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, value);
        record.headers().add("content-type", contentType.getBytes(UTF_8));
        return stack.topics().send(record);
    }

    /** The one letter of a record. */
    private static ConsumerRecord<byte[], byte[]> awaitLetter(RecordMetadata sent) {
        String place = RawTopics.place(sent);
        await(place).atMost(TIMEOUT).until(() -> stack.topics().deadLetters().containsKey(place));
        List<ConsumerRecord<byte[], byte[]>> letters =
                stack.topics().deadLetters().get(place);
        assertThat(letters).hasSize(1);
        return letters.getFirst();
    }

    private static void assertGoesOn() {
        RecordMetadata next = stack.topics().send(TOPIC, "{\"dataset\":\"next\"}");
        assertThat(RawTopics.reason(awaitLetter(next))).startsWith("source is missing");
        when().get(service.management("/q/health")).then().statusCode(200);
    }
}
