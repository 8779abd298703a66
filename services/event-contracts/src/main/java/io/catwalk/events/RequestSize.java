package io.catwalk.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;

/**
 * How large a request may be, whatever form it came in: what is kept of it, in each entry of its job's journal, is proto3 JSON,
 * which may be many times as long as protobuf.
 */
final class RequestSize {
    static final int MOST_BYTES = 256 * 1024;

    private RequestSize() {}

    /** @throws BadEventException for one that is larger as protobuf, which is quick to find */
    static void checkBinary(Message request) {
        check(request.getSerializedSize(), "protobuf");
    }

    /** @throws BadEventException for one that is larger as JSON, or has no JSON, as an infinite value of a sweep */
    static void checkJson(Message request) {
        String json;
        try {
            json = EventJson.toJson(request);
        } catch (IllegalArgumentException e) {
            throw BadEventException.broken("value", "holds what JSON can't: " + e.getMessage());
        }
        check(json.getBytes(UTF_8).length, "JSON");
    }

    private static void check(int bytes, String form) {
        if (bytes > MOST_BYTES) {
            throw BadEventException.broken(
                    "value", "is a request of %d bytes of %s, must be at most %d".formatted(bytes, form, MOST_BYTES));
        }
    }
}
