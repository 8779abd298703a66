package io.catwalk.serving;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

/** What the management port says while the API's is drained. */
class DrainIT extends RunningServing {
    @Test
    void probesAndMetricsAreAnsweredUntilTheLastRequestIs() throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        byte[] request = ("POST /v1/models/fashion:predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY)
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket client = new Socket("127.0.0.1", service.at("/").getPort())) {
            client.getOutputStream().write(request, 0, request.length - 1);
            await().untilAsserted(() ->
                    assertThat(metric("catwalk_http_body_memory_bytes")).allMatch(bytes -> bytes > 0));
            CompletableFuture<Void> end = CompletableFuture.runAsync(service::close);

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> when().get(service.management("/q/health/ready"))
                            .then()
                            .statusCode(503));
            // Longer than the delay between that and the end of new connections.
            await().during(Duration.ofSeconds(3)).atMost(TIMEOUT).untilAsserted(() -> {
                when().get(service.management("/q/health/ready")).then().statusCode(503);
                when().get(service.management("/q/health/live")).then().statusCode(200);
                when().get(service.management("/q/metrics"))
                        .then()
                        .statusCode(200)
                        .body(containsString("catwalk_http_requests_active"));
            });
            assertThat(end).isNotDone();

            client.getOutputStream().write(request, request.length - 1, 1);
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("predictions");
            end.join();
        }
    }
}
