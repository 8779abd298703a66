package io.catwalk.chassis.manifest;

import java.io.IOException;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/**
 * Manifests, which are records, as bytes: equal manifests are equal bytes, so their digest names them. UTF-8 JSON without line
 * breaks, names in alphabetical order.
 */
public final class ManifestJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private ManifestJson() {}

    public static byte[] write(Record manifest) {
        try {
            return MAPPER.writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("can't be written as JSON: " + manifest, e);
        }
    }

    /**
     * Reads a manifest, without the fields that a later release may have added: it is named by the digest of its bytes, not of
     * what is read.
     *
     * @throws IOException for anything else than {@link #write} writes
     */
    public static <T extends Record> T read(byte[] json, Class<T> type) throws IOException {
        T manifest = MAPPER.readValue(json, type);
        if (manifest == null) {
            throw new IOException("null is no " + type.getSimpleName());
        }
        return manifest;
    }
}
