package io.catwalk.system.open;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is called on a service, its real routes keep their series. */
class HttpLabelsIT {
    private static final int CALLS = 120;

    private static final Pattern LABELS =
            Pattern.compile("^http_server_requests_seconds_count\\{.*method=\"([^\"]*)\".*uri=\"([^\"]*)\"");

    private final Pipeline pipeline = SharedPipelines.open();

    @ParameterizedTest
    @CsvSource({"ingestion, /datasets", "training, /runs", "evaluation, /models", "serving, /v1/models"})
    void areFewWhateverIsCalled(String service, String route) throws IOException {
        URI address = address(service);
        URI management = pipeline.management(service, "/");
        for (int call = 0; call < CALLS; call++) {
            send(address, "DELETE " + route + "/none-" + call);
            send(address, "PUT " + route + ";matrix=" + call);
            send(address, "BREW" + call + " " + route);
            send(address, "GET " + route + "/a" + call + "%2Fb/c");
            send(address, "GET /nowhere/" + call);
            send(address, "GET " + route + "/%zz" + call);
            send(management, "GET /nowhere/" + call);
            send(management, "BREW" + call + " /q/metrics");
        }
        given().get(address.resolve(route)).then().statusCode(200);

        assertThat(labels(management, 2)).contains(route).noneMatch(uri -> uri.matches(".*\\d\\d.*"));
        assertThat(labels(management, 1)).noneMatch(method -> method.startsWith("BREW"));
    }

    private URI address(String service) {
        return switch (service) {
            case "ingestion" -> pipeline.ingestion("/");
            case "training" -> pipeline.training("/");
            case "evaluation" -> pipeline.evaluation("/");
            case "serving" -> pipeline.serving("/");
            default -> throw new IllegalArgumentException(service);
        };
    }

    private static void send(URI address, String line) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    /** @param group 1 for the methods, 2 for the URIs */
    private static Set<String> labels(URI management, int group) {
        return given().get(management.resolve("/q/metrics"))
                .asString()
                .lines()
                .flatMap(line -> LABELS.matcher(line).results())
                .map(result -> result.group(group))
                .collect(Collectors.toSet());
    }
}
