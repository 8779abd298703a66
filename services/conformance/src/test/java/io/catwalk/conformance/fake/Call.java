package io.catwalk.conformance.fake;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request.
 *
 * @param headers by their names in lower case
 * @param body with its content coding undone
 * @param port of the client, by which connections are told apart
 */
public record Call(String method, String path, Map<String, String> headers, byte[] body, int port) {
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean isPost() {
        return method.equals("POST");
    }
}
