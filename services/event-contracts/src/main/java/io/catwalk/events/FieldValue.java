package io.catwalk.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.catwalk.events.request.DatasetReference;
import io.catwalk.limits.v1.DurationRange;
import io.catwalk.limits.v1.FieldLimits;
import io.catwalk.limits.v1.Format;
import io.catwalk.limits.v1.IntegerChoice;
import io.catwalk.limits.v1.IntegerRange;
import io.catwalk.limits.v1.NumberRange;
import io.catwalk.limits.v1.TextList;

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

    /** What a field's limits allow. */
    static FieldValue of(FieldLimits limits) {
        return switch (limits.getKindCase()) {
            case INTEGER -> integer(limits.getInteger());
            case NUMBER -> number(limits.getNumber());
            case DURATION -> duration(limits.getDuration());
            case CHOICE -> oneOf(limits.getChoice().getOfList());
            case TEXT -> text(limits.getText());
            case TEXTS -> texts(limits.getTexts());
            case ELEMENTS -> elements(limits.getElements());
            case FORMAT -> format(limits.getFormat());
            case INTEGERS -> oneOf(limits.getIntegers());
            case KIND_NOT_SET -> present();
        };
    }

    private static FieldValue format(Format format) {
        return switch (format) {
            case FORMAT_NAME -> name();
            case FORMAT_SWEEP_ID -> matching(SWEEP_ID, "must match " + SWEEP_ID);
            case FORMAT_DATASET_REFERENCE ->
                new FieldValue(
                        value -> DatasetReference.isValid((String) value),
                        "must be a name or name@sha256:<64 lower-case hex digits>, a name matching "
                                + DatasetReference.NAME_PATTERN);
            case FORMAT_FOLDER -> SourcePlaces.folder();
            case FORMAT_STORE_PREFIX -> SourcePlaces.storePrefix();
            case FORMAT_URL -> SourcePlaces.url();
            case FORMAT_FILE_NAME -> SourcePlaces.fileName();
            case FORMAT_NETWORK_LAYERS -> LayerLimits.ofANetwork();
            case FORMAT_BLOCK_LAYERS -> LayerLimits.ofABlock();
            case FORMAT_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("no format: " + format);
        };
    }

    /** A name that is safe as a segment of a key, a URL or a file name. */
    static FieldValue name() {
        return matching(NAME, "must match " + DatasetReference.NAME_PATTERN);
    }

    static FieldValue digest() {
        return matching(DIGEST, "must be sha256:<64 lower-case hex digits>");
    }

    static FieldValue countedFromOne() {
        return integer(IntegerRange.newBuilder().setMin(1).build());
    }

    /** Anything, where the rule says whether it may be left out. */
    static FieldValue present() {
        return new FieldValue(value -> true, "must be given");
    }

    private static FieldValue matching(Pattern pattern, String expectation) {
        return new FieldValue(value -> pattern.matcher((String) value).matches(), expectation);
    }

    private static FieldValue text(int longest) {
        return new FieldValue(value -> PlainText.isValid((String) value, longest), PlainText.expectation(longest));
    }

    private static FieldValue texts(TextList limits) {
        return new FieldValue(
                value -> areTexts((List<?>) value, limits),
                "must be %d to %d different texts of 1 to %d characters"
                        .formatted(limits.getMinCount(), limits.getMaxCount(), limits.getMaxLength()));
    }

    private static FieldValue integer(IntegerRange limits) {
        long most = limits.hasMax() ? limits.getMax() : Long.MAX_VALUE;
        return new FieldValue(
                value -> ((Number) value).longValue() >= limits.getMin() && ((Number) value).longValue() <= most,
                limits.hasMax()
                        ? "must be %d to %d".formatted(limits.getMin(), most)
                        : "must be at least " + limits.getMin());
    }

    private static FieldValue number(NumberRange limits) {
        return new FieldValue(value -> isWithin((double) value, limits), expectation(limits));
    }

    /** An end that isn't allowed isn't reached by rounding to float32 either. */
    private static boolean isWithin(double value, NumberRange limits) {
        return Double.isFinite(value)
                && (!limits.hasMin() || value >= limits.getMin())
                && (!limits.hasAbove() || (float) value > limits.getAbove())
                && (!limits.hasMax() || value <= limits.getMax())
                && (!limits.hasBelow() || (float) value < limits.getBelow());
    }

    private static String expectation(NumberRange limits) {
        if (limits.hasMin() && limits.hasMax()) {
            return "must be %s to %s".formatted(shown(limits.getMin()), shown(limits.getMax()));
        }
        List<String> ends = new ArrayList<>();
        if (limits.hasMin()) {
            ends.add("at least " + shown(limits.getMin()));
        }
        if (limits.hasAbove()) {
            ends.add("above " + shown(limits.getAbove()));
        }
        if (limits.hasMax()) {
            ends.add("at most " + shown(limits.getMax()));
        }
        if (limits.hasBelow()) {
            ends.add("below " + shown(limits.getBelow()));
        }
        return ends.isEmpty() ? "must be a finite number" : "must be " + String.join(" and ", ends);
    }

    private static String shown(double end) {
        return end == Math.rint(end) ? Long.toString((long) end) : Double.toString(end);
    }

    private static FieldValue oneOf(List<String> names) {
        return new FieldValue(names::contains, "must be one of " + String.join(", ", names));
    }

    private static FieldValue oneOf(IntegerChoice limits) {
        return new FieldValue(
                value -> limits.getOfList().contains(((Number) value).longValue()),
                "must be one of "
                        + limits.getOfList().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    /** A list of no more than so many; how few is the rule's {@code required}. */
    private static FieldValue elements(int most) {
        return new FieldValue(
                value -> ((List<?>) value).size() <= most, "must be a list of 1 to %d elements".formatted(most));
    }

    private static FieldValue duration(DurationRange limits) {
        return new FieldValue(
                value -> isWithin((Duration) value, limits),
                "must be %ds to %ds".formatted(limits.getMinSeconds(), limits.getMaxSeconds()));
    }

    private static boolean areTexts(List<?> texts, TextList limits) {
        return texts.size() >= limits.getMinCount()
                && texts.size() <= limits.getMaxCount()
                && texts.stream()
                        .map(String.class::cast)
                        .allMatch(text -> !text.isBlank() && PlainText.isValid(text, limits.getMaxLength()))
                && new HashSet<>(texts).size() == texts.size();
    }

    private static boolean isWithin(Duration value, DurationRange limits) {
        return Durations.isValid(value)
                && Durations.compare(value, Durations.fromSeconds(limits.getMinSeconds())) >= 0
                && Durations.compare(value, Durations.fromSeconds(limits.getMaxSeconds())) <= 0;
    }
}
