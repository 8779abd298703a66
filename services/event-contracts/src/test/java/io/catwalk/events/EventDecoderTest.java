package io.catwalk.events;

import static io.catwalk.events.EventType.TRAINING_REQUESTED;
import static io.catwalk.events.Records.DECODER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;

import io.catwalk.training.v1.TrainingRequested;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    private static final TrainingRequested REQUEST = TrainingRequested.newBuilder()
            .setDataset("fashion-mnist")
            .setModel("fashion")
            .setEpochs(5)
            .setSeed(42)
            .build();
    private static final String JSON = """
            {"dataset":"fashion-mnist","model":"fashion","epochs":5,"seed":42}""";
    private static final Event<TrainingRequested> EVENT =
            new Event<>("e-1", "/tests", TRAINING_REQUESTED, Instant.parse("2026-03-01T11:00:00Z"), REQUEST);

    @Test
    void readsBinaryProtobuf() {
        assertThat(decoded(Records.binary(TRAINING_REQUESTED, "application/protobuf")
                        .value(REQUEST.toByteArray())
                        .consumed()))
                .isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "Application/JSON ; profile=x"
            })
    void readsBinaryJson(String contentType) {
        assertThat(decoded(Records.binary(TRAINING_REQUESTED, contentType)
                        .value(JSON)
                        .consumed()))
                .isEqualTo(EVENT);
    }

    @Test
    void readsStructuredJson() {
        assertThat(decoded(structured("""
                {"specversion":"1.0","id":"e-1","source":"/tests","type":"catwalk.training.v1.TrainingRequested",
                 "time":"2026-03-01T12:00:00+01:00","datacontenttype":"application/json","subject":null,
                 "traceparent":"passed over","data":%s}""".formatted(JSON)))).isEqualTo(EVENT);
    }

    @Test
    void readsStructuredProtobuf() {
        assertThat(decoded(structured("""
                {"specversion":"1.0","id":"e-1","source":"/tests","type":"catwalk.training.v1.TrainingRequested",
                 "time":"2026-03-01T11:00:00Z","datacontenttype":"application/protobuf","data_base64":"%s"}""".formatted(Base64.getEncoder().encodeToString(REQUEST.toByteArray())))))
                .isEqualTo(EVENT);
    }

    @Test
    void readsBareRequest() {
        Event<TrainingRequested> event = decoded(Records.bare(TRAINING_REQUESTED, JSON));

        assertThat(event.payload()).isEqualTo(REQUEST);
        assertThat(event.source()).isEqualTo("/topics/training-requested");
        assertThat(event.id()).isEqualTo("0/17/1772366398000");
        assertThat(event.time()).isEqualTo(Records.TIMESTAMP);
    }

    @Test
    void readsBareRequestWhoseProducerNamesItsContentTypeAndTraces() {
        assertThat(decoded(Records.on(TRAINING_REQUESTED)
                                .header("content-type", "application/json")
                                .header("traceparent", new byte[] {(byte) 0xff})
                                .value(JSON)
                                .consumed())
                        .payload())
                .isEqualTo(REQUEST);
    }

    @Test
    void timeIsTheRecordsWhereTheEventGivesNone() {
        assertThat(decoded(Records.binary(TRAINING_REQUESTED, "application/json")
                                .without("ce_time")
                                .value(JSON)
                                .consumed())
                        .time())
                .isEqualTo(Records.TIMESTAMP);
    }

    @Test
    void eachDeliveryOfRequestWithoutIdIsTheSameJob() {
        String first = decoded(Records.bare(TRAINING_REQUESTED, JSON)).requestId();
        String again = decoded(Records.bare(TRAINING_REQUESTED, JSON)).requestId();
        String named = decoded(Records.binary(TRAINING_REQUESTED, "application/json")
                        .value(JSON)
                        .consumed())
                .requestId();

        assertThat(first).isEqualTo(again).matches("[0-9a-f]{32}");
        assertThat(named).isNotEqualTo(first).matches("[0-9a-f]{32}");
    }

    @Test
    void anyKeyIsAcceptedWhereTheBodyHasNoId() {
        assertThat(decoded(Records.on(TRAINING_REQUESTED)
                                .key("anything")
                                .value(JSON)
                                .consumed())
                        .requestId())
                .isEqualTo(decoded(Records.bare(TRAINING_REQUESTED, JSON)).requestId());
    }

    @Test
    void idInTheBodyIsTheRequests() {
        assertThat(decoded(Records.bare(TRAINING_REQUESTED, """
                        {"runId":"r1","dataset":"d","model":"m"}""")).requestId()).isEqualTo("r1");
    }

    private static ConsumerRecord<String, byte[]> structured(String json) {
        return Records.on(TRAINING_REQUESTED)
                .header("content-type", "application/cloudevents+json; charset=utf-8")
                .value(json)
                .consumed();
    }

    private static Event<TrainingRequested> decoded(ConsumerRecord<String, byte[]> record) {
        return DECODER.decode(TRAINING_REQUESTED, record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents-batch+json", "application/cloudevents+protobuf", ";", ""})
    void aFormThatNoRecordHasIsRefused(String contentType) {
        var record = Records.on(EventType.TRAINING_REQUESTED)
                .header("content-type", contentType)
                .value("[]")
                .consumed();

        assertThatThrownBy(() -> Records.DECODER.decode(EventType.TRAINING_REQUESTED, record))
                .isInstanceOf(BadEventException.class)
                .hasMessageStartingWith("content-type is \"" + contentType + "\", must be application/protobuf");
    }

    @Test
    void aStructuredEventWithoutItsHeaderIsRefusedByName() {
        var record = Records.bare(EventType.TRAINING_REQUESTED, "{\"specversion\":\"1.0\",\"id\":\"s1\"}");

        assertThatThrownBy(() -> Records.DECODER.decode(EventType.TRAINING_REQUESTED, record))
                .isInstanceOf(BadEventException.class)
                .hasMessageContaining("must have the header content-type: application/cloudevents+json");
    }
}
