package io.catwalk.installation.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.installation.InstallationException;
import io.catwalk.installation.NotYetException;

/** JSON to and from the services. What a retry may resolve is {@link NotYetException}. */
final class PipelineClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<Integer> LATER = Set.of(404, 409, 429, 502, 503, 504);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper mapper = new ObjectMapper();

    /** @throws InstallationException for an answer that repeating won't change */
    JsonNode get(URI address) throws NotYetException, InterruptedException {
        return read(send(HttpRequest.newBuilder(address).GET()));
    }

    /** @throws InstallationException for an answer that repeating won't change */
    Answered post(URI address, JsonNode body) throws NotYetException, InterruptedException {
        HttpResponse<String> response = send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
        return new Answered(
                read(response), response.headers().firstValue("catwalk-version").orElse(""));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws NotYetException, InterruptedException {
        HttpRequest built = request.timeout(TIMEOUT).build();
        String shown = built.method() + " " + built.uri();
        try {
            HttpResponse<String> response = client.send(built, BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) {
                return response;
            }
            String problem = shown + " was answered with " + response.statusCode() + ": " + response.body();
            if (LATER.contains(response.statusCode())) {
                throw new NotYetException(problem);
            }
            throw new InstallationException(problem);
        } catch (IOException e) {
            throw new NotYetException(shown + " failed: " + e);
        }
    }

    private JsonNode read(HttpResponse<String> response) {
        try {
            return mapper.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new InstallationException(response.uri() + " didn't answer with JSON: " + e.getOriginalMessage());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** @param version the model's version that answered; empty where none did */
    record Answered(JsonNode body, String version) {}
}
