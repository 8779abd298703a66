package io.catwalk.serving.payload;

import io.catwalk.serving.observation.RequestHeaders;
import io.catwalk.serving.tracing.CallerTrace;

/**
 * What a caller calls its request; empty where it doesn't.
 *
 * @param requestId its first 128 characters
 */
record Caller(String requestId, String traceId) {
    private static final int MAX_LENGTH = 128;

    static Caller of(RequestHeaders headers) {
        String id = headers.first(RequestHeaders.REQUEST_ID).orElse("");
        return new Caller(
                id.substring(0, Math.min(id.length(), MAX_LENGTH)),
                CallerTrace.id(headers).orElse(""));
    }
}
