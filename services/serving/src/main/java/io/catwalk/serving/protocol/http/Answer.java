package io.catwalk.serving.protocol.http;

import java.util.Map;

import jakarta.ws.rs.core.MediaType;

/**
 * The response to a prediction request.
 *
 * @param headers besides those of every response
 */
public record Answer(byte[] content, String mediaType, Map<String, String> headers) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer json(byte[] content) {
        return new Answer(content, MediaType.APPLICATION_JSON, Map.of());
    }
}
