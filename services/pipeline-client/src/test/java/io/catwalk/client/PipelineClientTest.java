package io.catwalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import io.catwalk.client.Classification.Prediction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineClientTest {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final URI address =
            URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    private final PipelineClient client = new PipelineClient(address, address, address, address);

    PipelineClientTest() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aPictureIsClassified() {
        answer("/v1/models/fashion:classify-image", 200, """
                {"model":"fashion","version":3,"digest":"sha256:ab","predictions":[
                  {"label":"Sneaker","probability":0.25},{"label":"Boot","probability":0.75}]}""");

        Classification answer = client.classify("fashion", new byte[1]);

        assertThat(answer)
                .isEqualTo(new Classification(
                        3, "sha256:ab", List.of(new Prediction("Sneaker", 0.25), new Prediction("Boot", 0.75))));
        assertThat(answer.best().label()).isEqualTo("Boot");
    }

    @Test
    void theHighestProbabilityIsTheBestClass() {
        answer("/v1/models/fashion:predict", 200, "{\"predictions\":[[0.5,0.2,0.3],[0,0.2,0.8]]}");

        Probabilities answer = client.predict("fashion", "{\"instances\":[]}");

        assertThat(answer.version()).isEqualTo(7);
        assertThat(List.of(answer.best(0), answer.best(1))).containsExactly(0, 2);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "400, {\"error\":\"epochs is -1\"}, epochs is -1, false",
                "404, {\"error\":\"no run r1\"}, no run r1, true",
                "503, <html>busy</html>, <html>busy</html>, true",
                "500, `{}`, `{}`, false"
            })
    void anErrorNamesAddressStatusAndWhatTheServiceSays(int status, String body, String error, boolean temporary) {
        answer("/runs/r1", status, body);

        PipelineException thrown = catchThrowableOfType(PipelineException.class, () -> client.run("r1"));

        assertThat(thrown).hasMessage("GET %s/runs/r1 was answered with %d: %s", address, status, error);
        assertThat(thrown.isTemporary()).isEqualTo(temporary);
    }

    @Test
    void otherJsonIsRefused() {
        answer("/v1/models/fashion:predict", 200, "{\"predictions\":[\"boot\"]}");

        assertThat(catchThrowableOfType(PipelineException.class, () -> client.predict("fashion", "{}")))
                .hasMessageContaining("/v1/models/fashion:predict was answered with other JSON: ");
    }

    @Test
    void aServiceThatIsAwayMayAnswerLater() {
        server.stop(0);

        PipelineException thrown = catchThrowableOfType(PipelineException.class, () -> client.run("r1"));

        assertThat(thrown).hasMessageStartingWith("GET %s/runs/r1 failed: java.net.ConnectException", address);
        assertThat(thrown.isTemporary()).isTrue();
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("catwalk-version", "7");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
