package io.catwalk.journal;

import java.io.IOException;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.jspecify.annotations.Nullable;

/** How entries, folds and states are written: records as JSON objects, absent values left out, times in ISO 8601. */
public final class JournalJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private JournalJson() {}

    /** A record as a tree. */
    public static JsonNode tree(Object record) {
        return MAPPER.valueToTree(record);
    }

    /** @throws UnknownEntryException when the tree isn't such a record */
    public static <T> T record(JsonNode tree, Class<T> type) {
        try {
            return present(MAPPER.treeToValue(tree, type), "the tree", type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UnknownEntryException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** @throws UnknownEntryException when the text isn't JSON */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnknownEntryException("not JSON: " + e.getMessage(), e);
        }
    }

    /** A record as UTF-8 text. */
    public static byte[] bytes(Object record) {
        try {
            return MAPPER.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("can't be written as JSON: " + record, e);
        }
    }

    /**
     * @param where the bytes were read, for the message
     * @throws UnknownEntryException when they aren't such a record
     */
    public static <T> T record(byte[] json, Class<T> type, String where) {
        try {
            return present(MAPPER.readValue(json, type), where, type);
        } catch (IOException e) {
            throw new UnknownEntryException(where + " isn't a known " + type.getSimpleName(), e);
        }
    }

    private static <T> T present(@Nullable T record, String where, Class<T> type) {
        if (record == null) {
            throw new UnknownEntryException(where + " isn't a known " + type.getSimpleName() + " but null");
        }
        return record;
    }
}
