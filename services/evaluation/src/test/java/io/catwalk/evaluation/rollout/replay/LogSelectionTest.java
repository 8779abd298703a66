package io.catwalk.evaluation.rollout.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.ByteString;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Found;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Wanted;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.v1.ImageEncoding;
import io.catwalk.serving.v1.InferenceLogged;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogSelectionTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final InferenceLogged GOOD = LoggedEvents.of("fashion", 1, LoggedEvents.digest(1), true);

    private final EventEncoder encoder = new EventEncoder(Topics.unprefixed());
    private final LogSelection selection = selection(3, 1 << 20);
    private long offset;

    @Test
    void takesWhatStableHasAnswered() {
        take(GOOD);
        take(LoggedEvents.of("fashion", 7, LoggedEvents.digest(1), true));

        Found found = selection.found(Map.of());
        assertThat(found.newestFirst())
                .extracting(request -> request.place().offset())
                .containsExactly(1L, 0L);
        assertThat(found.passedOver()).isEmpty();
    }

    @Test
    void countsWhatIsPassedOverByTheReason() {
        take(LoggedEvents.of("fashions", 1, LoggedEvents.digest(1), true));
        ConsumerRecord<byte[], byte[]> other =
                record("m", LoggedEvents.of("other", 1, LoggedEvents.digest(1), true), NOW);
        selection.take(changed(other, null, other.value()));
        take(LoggedEvents.of("fashion", 2, LoggedEvents.digest(2), true));
        take(GOOD.toBuilder().clearProbabilities().build());
        take(GOOD.toBuilder().clearImages().clearImageEncoding().build());
        take(GOOD.toBuilder().setImageCount(0).build());
        take(GOOD.toBuilder().setImageCount(3).build());
        take(GOOD.toBuilder().setProbabilities(0, Float.NaN).build());
        take(GOOD.toBuilder().setProbabilities(0, 0.5f).build());
        take(GOOD.toBuilder().setImages(ByteString.copyFrom(new byte[3])).build());
        take(GOOD.toBuilder().clearImageShape().build());
        take(GOOD.toBuilder().setImageShape(0, -2).build());
        take(GOOD.toBuilder().setImageEncodingValue(9).build());
        take(GOOD.toBuilder()
                .setImageEncoding(ImageEncoding.IMAGE_ENCODING_FLOAT32)
                .build());
        ConsumerRecord<byte[], byte[]> good = record("e", GOOD, NOW);
        selection.take(changed(good, good.key(), new byte[] {1}));
        selection.take(changed(good, good.key(), null));
        selection.take(changed(good, "fashion/8".getBytes(UTF_8), good.value()));
        selection.take(record("old", GOOD, NOW.minus(Duration.ofHours(2))));

        Found found = selection.found(Map.of());

        assertThat(found.newestFirst()).isEmpty();
        assertThat(found.passedOver())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        PassedOver.OTHER_MODEL, 2L,
                        PassedOver.OTHER_VERSION, 1L,
                        PassedOver.UNANSWERED, 1L,
                        PassedOver.WITHOUT_IMAGES, 1L,
                        PassedOver.DAMAGED, 12L,
                        PassedOver.TOO_OLD, 1L));
    }

    @Test
    void takesAnEventOnce() {
        selection.take(record("same", GOOD, NOW));
        selection.take(record("same", GOOD, NOW));

        Found found = selection.found(Map.of());

        assertThat(found.newestFirst()).hasSize(1);
        assertThat(found.passedOver()).isEqualTo(Map.of(PassedOver.REPEATED, 1L));
    }

    /** In whatever order they come. */
    @Test
    void keepsTheNewest() {
        for (int second : List.of(5, 3, 9, 1, 7)) {
            selection.take(record("e" + second, GOOD, NOW.plusSeconds(second)));
        }

        assertThat(selection.full()).isTrue();
        assertThat(selection.found(Map.of()).newestFirst())
                .extracting(request -> request.place().timestamp())
                .containsExactly(millis(9), millis(7), millis(5));
    }

    @Test
    void keepsNoMoreBytesThanThereIsRoomFor() {
        LogSelection small = selection(100, 10);
        for (int second = 0; second < 4; second++) {
            small.take(record("e" + second, GOOD, NOW.plusSeconds(second)));
            assertThat(small.full()).isEqualTo(second >= 2);
        }

        assertThat(small.found(Map.of()).newestFirst())
                .extracting(request -> request.place().timestamp())
                .containsExactly(millis(3), millis(2));
    }

    private LogSelection selection(int most, long bytes) {
        Wanted wanted = new Wanted(
                new Name("fashion"),
                LoggedEvents.digest(1),
                most,
                NOW.minus(Duration.ofHours(1)),
                Duration.ofMinutes(1));
        return new LogSelection(wanted, bytes, new EventDecoder(Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private void take(InferenceLogged logged) {
        selection.take(record("e" + offset, logged, NOW));
    }

    private ConsumerRecord<byte[], byte[]> record(String id, InferenceLogged logged, Instant at) {
        ProducerRecord<String, byte[]> sent =
                encoder.encode(new Event<>(id, "/catwalk/serving", EventType.INFERENCE_LOGGED, NOW, logged));
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                offset++,
                at.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key().getBytes(UTF_8),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    private static ConsumerRecord<byte[], byte[]> changed(
            ConsumerRecord<byte[], byte[]> record, byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                0,
                0,
                key,
                value,
                record.headers(),
                Optional.empty());
    }

    private static long millis(int second) {
        return NOW.plusSeconds(second).toEpochMilli();
    }
}
