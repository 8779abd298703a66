package io.catwalk.serving.protocol.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;

/** JSON answers, written token by token. */
public final class JsonOutput {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private JsonOutput() {}

    public static byte[] write(Writing writing) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(content)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /** Writes numbers as one array. */
    public static void floats(JsonGenerator json, float[] values, int first, int count) throws IOException {
        json.writeStartArray();
        for (int index = first; index < first + count; index++) {
            json.writeNumber(values[index]);
        }
        json.writeEndArray();
    }

    /** What writes the answer. */
    @FunctionalInterface
    public interface Writing {
        void write(JsonGenerator json) throws IOException;
    }
}
