package io.catwalk.system.open;

import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.system.DeadLetter;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Whatever a producer writes to a topic that a service reads its work from: it leaves one dead letter, and the next is read. */
class RecordsIT {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final List<String> TOPICS = List.of(
            "dataset-requested",
            "dataset-cancel-requested",
            "training-requested",
            "training-cancel-requested",
            "sweep-requested",
            "sweep-cancel-requested",
            "training-completed",
            "promotion-requested");
    private static final List<String> HEADERS = List.of(
            "content-type",
            "ce_specversion",
            "ce_id",
            "ce_type",
            "ce_source",
            "ce_time",
            "ce_datacontenttype",
            "ce_subject",
            "",
            "traceparent",
            "__smallrye_generationId",
            "dead-letter-reason");
    private static final List<String> CONTENT_TYPES = List.of(
            STRUCTURED,
            STRUCTURED + "; charset=UTF-8",
            "application/cloudevents-batch+json",
            "application/cloudevents+protobuf",
            "application/cloudevents+avro",
            "application/json",
            "application/protobuf",
            "application/json; charset=UTF-7",
            ";",
            "");
    private static final List<String> TEXTS = List.of(
            "1.0",
            "0.3",
            "{}",
            "[]",
            "null",
            "\"",
            "not json",
            "{\"specversion\":\"1.0\"}",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/me\",\"type\":\"io.example.Other\",\"data\":{}}",
            "{\"specversion\":\"1.0\",\"id\":{},\"source\":[],\"type\":7,\"data\":[]}",
            "{\"specversion\":1,\"data_base64\":\"%%\"}",
            "{\"runId\":\"../../etc\"}",
            "{\"epochs\":1e400}");

    private final Pipeline pipeline = SharedPipelines.open();

    @Example
    void recordsThatAConnectorWouldParseLeaveOneLetterEach() {
        assertRefused(TOPICS.stream()
                .flatMap(topic -> Stream.of(
                        record(topic, STRUCTURED, "not json".getBytes(UTF_8)),
                        record(topic, STRUCTURED, "[]".getBytes(UTF_8)),
                        record(topic, "application/cloudevents-batch+json", "[]".getBytes(UTF_8)),
                        record(topic, "application/cloudevents+protobuf", new byte[] {
                            10, 2, 105, 100, 18, 3, 47, 109, 101
                        }),
                        record(topic, STRUCTURED, new byte[0]),
                        record(topic, STRUCTURED, null)))
                .toList());
    }

    @Tag("fault-14")
    @Property(tries = 40)
    void generatedRecordsLeaveOneLetterEach(@ForAll("records") List<ProducerRecord<byte[], byte[]>> records) {
        assertRefused(records);
    }

    @Example
    void theLineWorksAfterARefusedRecord() {
        assertRefused(List.of(record("training-requested", STRUCTURED, "not json".getBytes(UTF_8))));
        pipeline.request("after-records", "records", "\"epochs\": 1, \"gate\": {\"minTestAccuracy\": 0}");

        pipeline.awaitPublished("after-records");
        pipeline.awaitServed("records", 1);
    }

    @Provide
    Arbitrary<List<ProducerRecord<byte[], byte[]>>> records() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<byte[]> texts = Arbitraries.of(TEXTS).map(text -> text.getBytes(UTF_8));
        Arbitrary<byte[]> cut = Combinators.combine(
                        texts, Arbitraries.integers().between(0, 40))
                .as((text, length) -> Arrays.copyOf(text, Math.min(text.length, length)));
        Arbitrary<byte[]> values = Arbitraries.oneOf(bytes, texts, cut, json().map(text -> text.getBytes(UTF_8)));
        Arbitrary<byte[]> contentTypes = Arbitraries.of(CONTENT_TYPES).map(text -> text.getBytes(UTF_8));
        Arbitrary<String> names =
                Arbitraries.oneOf(Arbitraries.of(HEADERS), Arbitraries.strings().ofMaxLength(12));
        Arbitrary<Header> contentType = contentTypes.map(type -> new RecordHeader("content-type", type));
        Arbitrary<Header> other = Combinators.combine(
                        names, Arbitraries.oneOf(contentTypes, values).injectNull(0.1))
                .as(RecordHeader::new);
        return Combinators.combine(
                        Arbitraries.of(TOPICS),
                        bytes.injectNull(0.3),
                        values.injectNull(0.05),
                        Arbitraries.oneOf(contentType, other).list().ofMaxSize(6))
                .as((topic, key, value, headers) -> new ProducerRecord<>(topic, null, key, value, headers))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    /** JSON of any shape, with some of the requests' own names. */
    private static Arbitrary<String> json() {
        Arbitrary<String> scalar = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "1e400", "-0", "NaN", "\"\\ud800\""),
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.strings().alpha().ofMaxLength(5).map(text -> '"' + text + '"'));
        return Arbitraries.recursive(() -> scalar, RecordsIT::nested, 0, 4);
    }

    private static Arbitrary<String> nested(Arbitrary<String> inner) {
        Arbitrary<String> name = Arbitraries.of(
                "dataset",
                "model",
                "runId",
                "sweepId",
                "ingestionId",
                "layers",
                "optimizer",
                "data",
                "type",
                "gate",
                "x");
        Arbitrary<String> member = Combinators.combine(name, inner).as("\"%s\":%s"::formatted);
        return Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]"),
                member.list().ofMaxSize(4).map(members -> "{" + String.join(",", members) + "}"));
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String contentType, byte[] value) {
        return new ProducerRecord<byte[], byte[]>(
                topic,
                (Integer) null,
                null,
                value,
                List.of(new RecordHeader("content-type", contentType.getBytes(UTF_8))));
    }

    private void assertRefused(List<ProducerRecord<byte[], byte[]>> records) {
        Set<String> places = pipeline.topics().sendAll(records).stream()
                .map(sent -> DeadLetter.place(sent.topic(), sent.partition(), sent.offset()))
                .collect(Collectors.toSet());
        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> assertThat(pipeline.topics().deadLetters().stream()
                                .filter(letter -> places.contains(letter.place())))
                        .extracting(DeadLetter::place)
                        .containsExactlyInAnyOrderElementsOf(places));
        for (String service : List.of("ingestion", "training", "evaluation")) {
            when().get(pipeline.management(service, "/q/health")).then().statusCode(200);
        }
    }
}
