package io.catwalk.conformance.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.Shown;

/**
 * A server's answer, and what a check may expect of it.
 *
 * @param headers by their names in lower case
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    public Answer {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Status and the body's begin, for people. */
    public String shown() {
        return Shown.of(status + " " + new String(body, StandardCharsets.UTF_8));
    }

    /** The same with the content of a body in gzip. */
    public Answer inflated() throws IOException {
        if (!header("content-encoding").orElse("").equals("gzip")) {
            return this;
        }
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new Answer(status, headers, content.readAllBytes());
        }
    }

    public boolean isOk() {
        return status == OK;
    }

    public Answer requireOk() {
        return require(isOk(), "status 200");
    }

    public Answer requireClientError() {
        return require(status >= 400 && status < 500, "a status from 400 to 499");
    }

    /** A status from 400 to 499, and a JSON object whose {@code error} is a string with a text. */
    public Answer requireRefusal() {
        return requireClientError().requireError();
    }

    /** As {@link #requireRefusal}, with one status alone. */
    public Answer requireRefusal(int wanted) {
        return require(status == wanted, "status " + wanted).requireError();
    }

    /** @param wanted what the condition means, for people */
    public Answer require(boolean condition, String wanted) {
        if (!condition) {
            throw new DeviationException("expected " + wanted + ", was " + shown());
        }
        return this;
    }

    /** The body, which must be JSON. */
    public JsonNode json() {
        return json(body.length);
    }

    /** The JSON object at the body's begin, which may be followed by binary tensors. */
    public JsonNode json(int length) {
        try {
            JsonNode json = JSON.readTree(Arrays.copyOf(body, length));
            require(json.isObject() || json.isArray(), "a JSON object or array");
            return json;
        } catch (JsonProcessingException e) {
            throw new DeviationException("expected JSON, was " + shown());
        } catch (IOException e) {
            throw new IllegalStateException("an array can't fail", e);
        }
    }

    private Answer requireError() {
        JsonNode error = json().path("error");
        return require(error.isTextual() && !error.textValue().isBlank(), "{\"error\": a string}");
    }
}
