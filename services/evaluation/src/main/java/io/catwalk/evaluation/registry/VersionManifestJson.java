package io.catwalk.evaluation.registry;

import java.io.IOException;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** Manifests as bytes: equal manifests are equal bytes. UTF-8 JSON in one line, names in alphabetical order. */
final class VersionManifestJson {
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

    private VersionManifestJson() {}

    static byte[] write(VersionManifest manifest) {
        try {
            return MAPPER.writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a manifest is only records, lists, strings and numbers", e);
        }
    }

    /**
     * Reads a manifest, without the fields that a later release may have added: it is named by the digest of its bytes, not of
     * what is read.
     *
     * @throws CorruptManifestException for anything else than {@link #write} writes
     */
    static VersionManifest read(byte[] json, String where) {
        try {
            return MAPPER.readValue(json, VersionManifest.class);
        } catch (IOException e) {
            throw new CorruptManifestException(where + " isn't a version's manifest: " + e.getMessage(), e);
        }
    }
}
