package io.catwalk.drift;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What a model was trained on, in figures, and what it predicts on images of that kind.
 *
 * @param schema {@value #SCHEMA}
 * @param images of the training split
 * @param mean of their means
 * @param deviation mean of their standard deviations
 * @param means the images by their mean
 * @param deviations the images by their standard deviation
 * @param labels images of each class
 * @param predicted images of the validation split that the model gave each class, whichever theirs is: a model that takes shirts
 *     for pullovers does so before any drift
 */
public record ReferenceProfile(
        int schema,
        int images,
        double mean,
        double deviation,
        Histogram means,
        Histogram deviations,
        List<Integer> labels,
        List<Integer> predicted) {
    public static final int SCHEMA = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** @throws IllegalArgumentException for another schema, no images, or parts that contradict each other */
    public ReferenceProfile {
        labels = List.copyOf(labels);
        predicted = List.copyOf(predicted);
        require(schema == SCHEMA, "schema", schema, "must be " + SCHEMA);
        require(images >= 1, "images", images, "must be at least 1");
        require(sum(means.counts()) == images, "means", means, "must hold " + images);
        require(sum(deviations.counts()) == images, "deviations", deviations, "must hold " + images);
        require(sum(labels) == images, "labels", labels, "must hold " + images);
        require(predicted.size() == labels.size(), "predicted", predicted, "must be of " + labels.size() + " classes");
        require(sum(predicted) >= 1, "predicted", predicted, "must hold at least 1");
    }

    private static void require(boolean holds, String field, Object value, String limit) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + value + ", " + limit);
        }
    }

    private static long sum(List<Integer> counts) {
        return counts.stream().mapToLong(Integer::longValue).sum();
    }

    /** Equal profiles are equal bytes. */
    public byte[] write() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't be written as JSON: " + this, e);
        }
    }

    /**
     * Reads a profile, without the fields that a later release may have added.
     *
     * @throws IOException for anything else than {@link #write} writes
     */
    public static ReferenceProfile read(byte[] json) throws IOException {
        ReferenceProfile profile = MAPPER.readValue(json, ReferenceProfile.class);
        if (profile == null) {
            throw new IOException("null is no profile");
        }
        return profile;
    }
}
