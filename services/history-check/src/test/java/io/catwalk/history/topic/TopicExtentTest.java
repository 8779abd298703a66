package io.catwalk.history.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;

import io.catwalk.history.topic.TopicExtent.Partition;
import org.junit.jupiter.api.Test;

class TopicExtentTest {
    private static final Instant OLDEST = Instant.parse("2026-11-29T08:00:00Z");
    private static final Partition WHOLE = new Partition(0, 9, OLDEST);
    private static final Partition TRUNCATED = new Partition(4, 9, OLDEST);
    private static final Partition EMPTIED = new Partition(9, 9, Instant.MAX);

    @Test
    void aWholeTopicReachesBackToAnyTime() {
        assertThat(extent(false, WHOLE, WHOLE).reachesBackTo(Instant.EPOCH)).isTrue();
    }

    @Test
    void aTruncatedOneReachesBackToItsOldestRecordAndTheClocksTolerance() {
        TopicExtent extent = extent(false, WHOLE, TRUNCATED);

        assertThat(extent.reachesBackTo(OLDEST.plusSeconds(901))).isTrue();
        assertThat(extent.reachesBackTo(OLDEST.plusSeconds(900))).isFalse();
        assertThat(extent.isWhole(0)).isTrue();
        assertThat(extent.isWhole(1)).isFalse();
    }

    @Test
    void anEmptiedOneReachesBackToNoTime() {
        assertThat(extent(false, EMPTIED, WHOLE).reachesBackTo(Instant.now())).isFalse();
    }

    @Test
    void ofACompactedOneNothingIsMissed() {
        assertThat(extent(true, WHOLE, WHOLE).reachesBackTo(Instant.now())).isFalse();
        assertThat(extent(true, WHOLE, WHOLE).isWhole(0)).isFalse();
    }

    private static TopicExtent extent(boolean compacted, Partition first, Partition second) {
        return new TopicExtent("epoch-completed", compacted, Map.of(0, first, 1, second));
    }
}
