package io.catwalk.events;

import static io.catwalk.events.EventType.TRAINING_REQUESTED;
import static io.catwalk.events.Records.DECODER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

import io.catwalk.training.v1.TrainingRequested;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What the reference implementation writes is read here, and the other way round. */
class CloudEventsSdkTest {
    private static final Instant TIME = Instant.parse("2026-03-01T11:00:00.123456789Z");
    private static final TrainingRequested REQUEST = TrainingRequested.newBuilder()
            .setRunId("r1")
            .setDataset("d")
            .setModel("m")
            .setLearningRate(0.001)
            .setSeed(9_007_199_254_740_993L)
            .build();
    private static final Event<TrainingRequested> EVENT =
            new Event<>("e-1 \u00fc", "/tests", TRAINING_REQUESTED, TIME, REQUEST);

    @Test
    void readsOurBinaryEvents() {
        ProducerRecord<String, byte[]> sent = Records.ENCODER.encode(EVENT);

        assertThat(KafkaMessageFactory.createReader(sent.headers(), sent.value())
                        .toEvent())
                .isEqualTo(event("application/protobuf", REQUEST.toByteArray()));
    }

    @Test
    void itsBinaryEventsAreRead() {
        ProducerRecord<String, byte[]> sent = KafkaMessageFactory.createWriter("training-requested", null, "r1")
                .writeBinary(event("application/protobuf", REQUEST.toByteArray()));

        assertThat(DECODER.decode(TRAINING_REQUESTED, Records.consumed(sent))).isEqualTo(EVENT);
    }

    @Test
    void itsBinaryJsonEventsAreRead() {
        ProducerRecord<String, byte[]> sent = KafkaMessageFactory.createWriter("training-requested", null, "r1")
                .writeBinary(event("application/json", json()));

        assertThat(DECODER.decode(TRAINING_REQUESTED, Records.consumed(sent))).isEqualTo(EVENT);
    }

    @Test
    void itsStructuredEventsAreRead() {
        for (CloudEvent event : new CloudEvent[] {
            event("application/json", json()), event("application/protobuf", REQUEST.toByteArray())
        }) {
            ProducerRecord<String, byte[]> sent = KafkaMessageFactory.createWriter("training-requested", null, "r1")
                    .writeStructured(event, EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));

            assertThat(DECODER.decode(TRAINING_REQUESTED, Records.consumed(sent)))
                    .isEqualTo(EVENT);
        }
    }

    private static byte[] json() {
        return EventJson.toJson(REQUEST).getBytes(StandardCharsets.UTF_8);
    }

    private static CloudEvent event(String contentType, byte[] data) {
        return CloudEventBuilder.v1()
                .withId(EVENT.id())
                .withSource(URI.create(EVENT.source()))
                .withType("catwalk.training.v1.TrainingRequested")
                .withTime(TIME.atOffset(ZoneOffset.UTC))
                .withData(contentType, data)
                .build();
    }
}
