package io.catwalk.events;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.google.protobuf.util.Durations;
import io.catwalk.events.request.DatasetReference;

/**
 * The values that a field may have, with the words that say so.
 *
 * @param test the value as protobuf reflection gives it, a list for a repeated field
 * @param expectation the rest of the sentence "epochs is 0, …"
 */
record FieldValue(Predicate<Object> test, String expectation) {
    private static final Pattern NAME = Pattern.compile(DatasetReference.NAME_PATTERN);
    private static final Pattern SWEEP_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,55}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** A name that is safe as a segment of a key, a URL or a file name. */
    static FieldValue name() {
        return matching(NAME, "must match " + DatasetReference.NAME_PATTERN);
    }

    /** Short enough that names of its runs are names too. */
    static FieldValue sweepId() {
        return matching(SWEEP_ID, "must match " + SWEEP_ID);
    }

    /** Anything, where the rule says whether it may be left out. */
    static FieldValue present() {
        return new FieldValue(value -> true, "must be given");
    }

    static FieldValue finite() {
        return new FieldValue(value -> Double.isFinite((double) value), "must be a finite number");
    }

    static FieldValue digest() {
        return matching(DIGEST, "must be sha256:<64 lower-case hex digits>");
    }

    static FieldValue datasetReference() {
        return new FieldValue(
                value -> DatasetReference.isValid((String) value),
                "must be a name or name@sha256:<64 lower-case hex digits>, a name matching "
                        + DatasetReference.NAME_PATTERN);
    }

    private static FieldValue matching(Pattern pattern, String expectation) {
        return new FieldValue(value -> pattern.matcher((String) value).matches(), expectation);
    }

    static FieldValue text(int longest) {
        return new FieldValue(value -> PlainText.isValid((String) value, longest), PlainText.expectation(longest));
    }

    /** Different texts, each of 1 to {@code longest} characters. */
    static FieldValue texts(int fewest, int most, int longest) {
        return new FieldValue(
                value -> areTexts((List<?>) value, fewest, most, longest),
                "must be %d to %d different texts of 1 to %d characters".formatted(fewest, most, longest));
    }

    static FieldValue whole(long least, long most) {
        return new FieldValue(
                value -> ((Number) value).longValue() >= least && ((Number) value).longValue() <= most,
                "must be " + least + " to " + most);
    }

    static FieldValue countedFromOne() {
        return new FieldValue(value -> ((Number) value).longValue() >= 1, "must be at least 1");
    }

    static FieldValue share() {
        return new FieldValue(value -> (double) value >= 0 && (double) value <= 1, "must be 0 to 1");
    }

    /** A probability of which 1 makes no sense. */
    static FieldValue shareBelowOne() {
        return new FieldValue(value -> (double) value >= 0 && (double) value < 1, "must be at least 0 and below 1");
    }

    static FieldValue between(double above, double below) {
        return new FieldValue(
                value -> (double) value > above && (double) value < below,
                "must be above %s and below %s".formatted(above, below));
    }

    static FieldValue atMost(double most) {
        return new FieldValue(value -> (double) value >= 0 && (double) value <= most, "must be 0 to " + most);
    }

    static FieldValue oneOf(List<String> names) {
        return new FieldValue(names::contains, "must be one of " + String.join(", ", names));
    }

    /** A list of no more than so many; how few is the rule's {@code required}. */
    static FieldValue elements(int most) {
        return new FieldValue(
                value -> ((List<?>) value).size() <= most, "must be a list of 1 to %d elements".formatted(most));
    }

    static FieldValue positive(double most) {
        return new FieldValue(
                value -> (double) value > 0 && (double) value <= most, "must be above 0, at most " + most);
    }

    /** How long after its acceptance a job may run. */
    static FieldValue deadline() {
        return span(Duration.ofSeconds(1), Duration.ofDays(30));
    }

    static FieldValue span(Duration shortest, Duration longest) {
        return new FieldValue(
                value -> isWithin((com.google.protobuf.Duration) value, shortest, longest),
                "must be %ds to %ds".formatted(shortest.toSeconds(), longest.toSeconds()));
    }

    private static boolean areTexts(List<?> texts, int fewest, int most, int longest) {
        return texts.size() >= fewest
                && texts.size() <= most
                && texts.stream().allMatch(text -> PlainText.isValid((String) text, longest))
                && new HashSet<>(texts).size() == texts.size();
    }

    private static boolean isWithin(com.google.protobuf.Duration value, Duration shortest, Duration longest) {
        if (!Durations.isValid(value)) {
            return false;
        }
        Duration duration = Duration.ofSeconds(value.getSeconds(), value.getNanos());
        return duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0;
    }
}
