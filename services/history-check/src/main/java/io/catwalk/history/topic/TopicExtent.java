package io.catwalk.history.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far back a topic reaches.
 *
 * @param name without the installation's prefix
 * @param compacted whether Kafka may have deleted records between others
 * @param partitions by their numbers
 */
public record TopicExtent(String name, boolean compacted, Map<Integer, Partition> partitions) {
    /** Stores refuse calls whose clock is further off (S3's RequestTimeTooSkewed), so that two services' clocks aren't. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(15);

    public TopicExtent {
        partitions = Map.copyOf(partitions);
    }

    /**
     * @param begin the first offset that is left; above 0 where retention has deleted some
     * @param end the offset after the last one that was read
     * @param oldest when the first one that is left was sent; {@link Instant#MAX} where none is
     */
    public record Partition(long begin, long end, Instant oldest) {
        boolean isTruncated() {
            return begin > 0;
        }
    }

    /** Whether all that was ever sent to a partition is there. */
    public boolean isWhole(int partition) {
        Partition known = partitions.get(partition);
        return !compacted && known != null && !known.isTruncated();
    }

    /** Whether the record of an entry must be there unless it was never sent: retention can't have deleted it. */
    public boolean reachesBackTo(Instant appended) {
        return !compacted
                && partitions.values().stream()
                        .filter(Partition::isTruncated)
                        .allMatch(partition -> partition.oldest().isBefore(appended.minus(CLOCK_TOLERANCE)));
    }

    /** What can't be judged of it, for people; empty for a topic that has all that was ever sent to it. */
    public Optional<String> limits() {
        if (compacted) {
            return Optional.of(name + " is compacted: whether events are missing there isn't judged");
        }
        return partitions.keySet().stream().allMatch(this::isWhole)
                ? Optional.empty()
                : Optional.of(
                        name
                                + " has lost its first records to retention: whether older events are missing there isn't judged");
    }
}
