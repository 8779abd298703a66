package io.catwalk.installation.retention;

import java.time.Duration;
import java.util.Optional;

/**
 * What may be deleted. Ages are by the store's clock.
 *
 * @param delete whether it is; otherwise it is only counted
 * @param unreferencedFor how long ago a blob that nothing names, or a closed run's checkpoint that its journal doesn't, was last stored;
 *     at least {@link #LEAST_AGE}
 * @param checkpointsAfter how long after its end a run keeps its checkpoints; for good if empty
 * @param eventFilesAfter the same of its event files
 * @param callersFor how long the bucket keeps who asked over HTTP beside the journals, which have it once the topics' records are read
 * @param readers how many journals are read at a time, from 1
 */
public record RetentionSettings(
        boolean delete,
        Duration unreferencedFor,
        Optional<Duration> checkpointsAfter,
        Optional<Duration> eventFilesAfter,
        Duration callersFor,
        int readers) {
    /** Far more than the clocks of a store's nodes differ by. */
    public static final Duration LEAST_AGE = Duration.ofHours(1);

    private static final int MOST_READERS = 256;

    public RetentionSettings {
        requireAge("unreferenced-for", unreferencedFor);
        checkpointsAfter.ifPresent(age -> requireAge("checkpoints-after", age));
        eventFilesAfter.ifPresent(age -> requireAge("event-files-after", age));
        requireAge("callers-for", callersFor);
        if (readers < 1 || readers > MOST_READERS) {
            throw new IllegalArgumentException("readers is " + readers + ", must be 1 to " + MOST_READERS);
        }
    }

    private static void requireAge(String field, Duration age) {
        if (age.compareTo(LEAST_AGE) < 0) {
            throw new IllegalArgumentException(field + " is " + age + ", must be at least " + LEAST_AGE);
        }
    }
}
