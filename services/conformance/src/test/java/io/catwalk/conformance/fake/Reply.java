package io.catwalk.conformance.fake;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** An answer to be sent. */
public record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    static Reply ok(JsonNode json) {
        return of(200, json);
    }

    /** @param quotedBySingles JSON with single quotes */
    static Reply json(String quotedBySingles) {
        return new Reply(200, JSON, new byte[0]).text(quotedBySingles.replace('\'', '"'));
    }

    static Reply of(int status, JsonNode json) {
        return new Reply(status, JSON, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Reply error(int status, String message) {
        return of(status, JsonNodeFactory.instance.objectNode().put("error", message));
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    boolean isOk() {
        return status == 200;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** With the bytes after the JSON in the reverse order. */
    Reply swapped() {
        int length = Integer.parseInt(headers.get("inference-header-content-length"));
        byte[] swapped = body.clone();
        for (int index = length; index < body.length; index++) {
            swapped[index] = body[body.length - 1 - (index - length)];
        }
        return new Reply(status, headers, swapped);
    }

    /** Answers with binary tensors stay as they are. */
    Reply text(String text) {
        if (headers.containsKey("inference-header-content-length")) {
            return this;
        }
        return new Reply(status, headers, text.getBytes(StandardCharsets.UTF_8));
    }
}
