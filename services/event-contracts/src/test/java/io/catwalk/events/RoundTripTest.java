package io.catwalk.events;

import static io.catwalk.events.Records.DECODER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Any event, written in each form that is read, is the same event again. */
class RoundTripTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Property(tries = 300)
    void binaryProtobuf(@ForAll("events") Event<?> event) {
        assertThat(DECODER.decode(event.type(), Records.consumed(Records.ENCODER.encode(event))))
                .isEqualTo(event);
    }

    @Property(tries = 300)
    void binaryJson(@ForAll("events") Event<?> event) {
        ProducerRecord<String, byte[]> sent = Records.ENCODER.encode(event);
        Records record = Records.on(event.type())
                .key(sent.key())
                .value(EventJson.toJson(event.payload()))
                .header("content-type", "application/json");
        sent.headers().forEach(header -> {
            if (!header.key().equals("content-type")) {
                record.header(header.key(), header.value());
            }
        });

        assertThat(DECODER.decode(event.type(), record.consumed())).isEqualTo(event);
    }

    @Property(tries = 300)
    void structuredJson(@ForAll("events") Event<?> event) {
        ObjectNode object = attributes(event);
        object.set("data", EventJson.tree(event.payload()));

        assertThat(structured(event, object)).isEqualTo(event);
    }

    @Property(tries = 100)
    void structuredProtobuf(@ForAll("events") Event<?> event) {
        ObjectNode object = attributes(event)
                .put("datacontenttype", "application/protobuf")
                .put(
                        "data_base64",
                        Base64.getEncoder().encodeToString(event.payload().toByteArray()));

        assertThat(structured(event, object)).isEqualTo(event);
    }

    @Property(tries = 200)
    void bareRequest(@ForAll("requests") Event<?> event) {
        Event<?> read = DECODER.decode(event.type(), Records.bare(event.type(), EventJson.toJson(event.payload())));

        assertThat(read.payload()).isEqualTo(event.payload());
        assertThat(RequestDigest.of(read.payload())).isEqualTo(RequestDigest.of(event.payload()));
    }

    @Property(tries = 200)
    void journalsTree(@ForAll("events") Event<?> event) {
        EventType<?> type = EventType.named(event.type().name()).orElseThrow();
        ObjectNode json = EventJson.tree(event.payload());

        assertThat(Event.fromJson(event.id(), event.source(), type, event.time(), json))
                .isEqualTo(event);
    }

    /** Whatever bytes come, they are an event or refused: nothing else may stop a consumer. */
    @Property(tries = 500)
    void damagedRecords(@ForAll("events") Event<?> event, @ForAll int place, @ForAll byte damage) {
        byte[] protobuf = event.payload().toByteArray();
        byte[] json = EventJson.toJson(event.payload()).getBytes(StandardCharsets.UTF_8);

        readOrRefuse(event.type(), "application/protobuf", damaged(protobuf, place, damage));
        readOrRefuse(event.type(), "application/json", damaged(json, place, damage));
        readOrRefuse(event.type(), "application/json", Arrays.copyOf(json, Math.floorMod(place, json.length)));
    }

    @Provide
    Arbitrary<Event<?>> events() {
        return PayloadArbitraries.events();
    }

    @Provide
    Arbitrary<Event<?>> requests() {
        return PayloadArbitraries.requests();
    }

    private static ObjectNode attributes(Event<?> event) {
        return MAPPER.createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id())
                .put("source", event.source())
                .put("type", event.type().name())
                .put("time", event.time().toString());
    }

    private static Event<?> structured(Event<?> event, ObjectNode object) {
        return DECODER.decode(
                event.type(),
                Records.on(event.type())
                        .header("content-type", "application/cloudevents+json")
                        .value(object.toString())
                        .consumed());
    }

    private static byte[] damaged(byte[] bytes, int place, byte damage) {
        byte[] copy = bytes.clone();
        if (copy.length > 0) {
            copy[Math.floorMod(place, copy.length)] = damage;
        }
        return copy;
    }

    private static void readOrRefuse(EventType<?> type, String contentType, byte[] value) {
        try {
            DECODER.decode(type, Records.binary(type, contentType).value(value).consumed());
        } catch (BadEventException e) {
            assertThat(e).hasMessageContaining(e.field());
        }
    }
}
