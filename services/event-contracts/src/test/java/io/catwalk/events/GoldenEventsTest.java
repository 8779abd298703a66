package io.catwalk.events;

import static io.catwalk.events.EventType.EPOCH_COMPLETED;
import static io.catwalk.events.EventType.TRAINING_REQUESTED;
import static io.catwalk.events.Records.DECODER;
import static io.catwalk.events.Records.ENCODER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.google.protobuf.Duration;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Gate;
import io.catwalk.training.v1.Metrics;
import io.catwalk.training.v1.TrainingRequested;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records as they stand on topics out there: these files are never changed, so that each version reads and writes what
 * the others do. A file holds a record's headers, an empty line, and its value: JSON, or protobuf as hex digits.
 */
class GoldenEventsTest {
    private static final Event<TrainingRequested> REQUEST = new Event<>(
            "console/7",
            "/catwalk/console",
            TRAINING_REQUESTED,
            Instant.parse("2026-03-01T11:00:00.250Z"),
            TrainingRequested.newBuilder()
                    .setRunId("r1")
                    .setDataset("fashion-mnist")
                    .setModel("fashion")
                    .setNetwork("tutorial-cnn")
                    .setEpochs(5)
                    .setLearningRate(0.001)
                    .setSeed(42)
                    .setTestEachEpoch(false)
                    .setCheckpointInterval(Duration.newBuilder().setSeconds(30))
                    .setGate(Gate.newBuilder().setMinTestAccuracy(0.8))
                    .build());
    private static final Event<EpochCompleted> EPOCH = new Event<>(
            "runs/r1/journal/3",
            "/catwalk/training",
            EPOCH_COMPLETED,
            Instant.parse("2026-03-01T11:00:20Z"),
            EpochCompleted.newBuilder()
                    .setRunId("r1")
                    .setModel("fashion")
                    .setEpoch(1)
                    .setEpochs(5)
                    .setStep(429)
                    .setTrain(Metrics.newBuilder().setLoss(0.5).setAccuracy(0.8125))
                    .setLastBatch(Metrics.newBuilder().setLoss(0.375).setAccuracy(0.875))
                    .setValidation(Metrics.newBuilder().setLoss(0.4375).setAccuracy(0.8594))
                    .setLearningRate(0.001)
                    .setSeconds(18.5)
                    .setImagesPerSecond(2968.2)
                    .build());

    @ParameterizedTest
    @ValueSource(strings = {"binary-protobuf", "binary-json", "structured-json"})
    void requestsAreRead(String form) {
        assertThat(DECODER.decode(TRAINING_REQUESTED, record(TRAINING_REQUESTED, form)))
                .isEqualTo(REQUEST);
    }

    @Test
    void bareRequestsAreRead() {
        assertThat(DECODER.decode(TRAINING_REQUESTED, record(TRAINING_REQUESTED, "bare-json")))
                .isEqualTo(new Event<>(
                        "0/17/1772366398000",
                        "/topics/training-requested",
                        TRAINING_REQUESTED,
                        Records.TIMESTAMP,
                        REQUEST.payload()));
    }

    @Test
    void factsAreRead() {
        assertThat(DECODER.decode(EPOCH_COMPLETED, record(EPOCH_COMPLETED, "binary-protobuf")))
                .isEqualTo(EPOCH);
    }

    @Test
    void eventsAreWrittenByteForByte() {
        for (Event<?> event : List.of(REQUEST, EPOCH)) {
            assertThat(text(ENCODER.encode(event))).isEqualTo(file(event.type(), "binary-protobuf"));
        }
    }

    @Test
    void keysAndTopicsAreTheTables() {
        ProducerRecord<String, byte[]> sent = new EventEncoder(new Topics("staging.")).encode(EPOCH);

        assertThat(sent.topic()).isEqualTo("staging.epoch-completed");
        assertThat(sent.key()).isEqualTo("r1");
        assertThat(sent.partition()).isNull();
        assertThat(sent.timestamp()).isNull();
    }

    private static ConsumerRecord<String, byte[]> record(EventType<?> type, String form) {
        String file = file(type, form);
        int end = file.startsWith("\n") ? 0 : file.indexOf("\n\n") + 1;
        String value = file.substring(end + 1).strip();
        Records record = Records.on(type);
        file.substring(0, end).lines().forEach(line -> {
            String[] header = line.split(": ", 2);
            record.header(header[0], header[1]);
        });
        return (form.endsWith("protobuf") ? record.value(HexFormat.of().parseHex(value)) : record.value(value))
                .consumed();
    }

    private static String text(ProducerRecord<String, byte[]> sent) {
        return StreamSupport.stream(sent.headers().spliterator(), false)
                .map(GoldenEventsTest::line)
                .collect(Collectors.joining("", "", "\n" + HexFormat.of().formatHex(sent.value()) + "\n"));
    }

    private static String line(Header header) {
        return header.key() + ": " + new String(header.value(), StandardCharsets.UTF_8) + "\n";
    }

    private static String file(EventType<?> type, String form) {
        String name = "/events/" + type.topic() + "." + form + ".txt";
        try (InputStream in = GoldenEventsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
