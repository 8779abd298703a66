package io.catwalk.serving;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service while broker and store come and go, and at its end. */
class ServingIT extends RunningServing {
    @Test
    void servesPromotionsAcrossBrokerAndStoreOutages() {
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .untilAsserted(() ->
                        when().get(service.management("/q/health/live")).then().statusCode(200));
        when().get(service.management("/q/health/ready")).then().statusCode(503);
        broker = startBroker();
        service.awaitReady();
        given().contentType(ContentType.JSON)
                .body(BODY)
                .post(service.at("/v1/models/fashion:predict"))
                .then()
                .statusCode(404);

        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        assertThat(predicted()).isEqualTo(STRIP);

        broker.kill();
        broker = startBroker();
        promote(2, publish(2, 1), 2);
        awaitVersion(2);
        assertThat(predicted()).isEqualTo(STRIP + 1);

        Digest damaged = publish(3, 2);
        store().put(Artifacts.blob(damaged), new byte[] {1, 2, 3});
        promote(3, damaged, 3);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/v1/models/fashion/versions/3"))
                        .then()
                        .body("model_version_status[0].state", is("END")));
        assertThat(predicted()).as("the old version serves on").isEqualTo(STRIP + 1);

        service.close();
        store.kill();
        service = startService().awaitReady();
        awaitVersion(2);
        assertThat(predicted()).as("from the cache, without a store").isEqualTo(STRIP + 1);
        when().get(service.at("/v1/models/fashion/history")).then().statusCode(503);
        store = StoreProcess.start(top.resolve("store"), store.port(), "catwalk", SECRET_KEY);
    }

    @Test
    void servesTheVersionsOfThePolicyByTheirNumbers() {
        broker = startBroker();
        service.close();
        service = startService(Map.of("CATWALK_LOADING_VERSIONS_LATEST", "2")).awaitReady();
        promote(1, publish(1, 0), 1);
        publish(2, 1);
        publish(3, 2);
        awaitLoaded("1", "2", "3");
        assertThat(predicted("/v1/models/fashion")).isEqualTo(STRIP);
        assertThat(predicted("/v1/models/fashion/versions/2")).isEqualTo(STRIP + 1);
        assertThat(predicted("/v1/models/fashion/versions/3")).isEqualTo(STRIP + 2);
        when().get(service.at("/v2/models/fashion/versions/3/ready")).then().statusCode(200);

        publish(4, 3);
        awaitLoaded("1", "3", "4");
        when().get(service.at("/v2/models/fashion/versions/2/ready")).then().statusCode(404);

        service.close();
        service = startService(Map.of("CATWALK_LOADING_VERSIONS_SPECIFIC__FASHION_", "2,4"))
                .awaitReady();
        awaitLoaded("1", "2", "4");
        assertThat(predicted("/v1/models/fashion/versions/4")).isEqualTo(STRIP + 3);
    }

    private void awaitLoaded(String... versions) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/v2/models/fashion"))
                        .then()
                        .statusCode(200)
                        .body("versions", contains(versions)));
        when().get(service.at("/v1/models/fashion"))
                .then()
                .body("model_version_status.version", contains(versions))
                .body("model_version_status.state", everyItem(is("AVAILABLE")));
    }

    @Tag("fault-25")
    @Test
    void answersAcceptedRequestsAtShutdown() throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        AtomicInteger answered = new AtomicInteger();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> calls = IntStream.range(0, 4)
                    .mapToObj(caller -> callers.submit(() -> callUntilSentAway(answered)))
                    .toList();
            await().atMost(TIMEOUT).until(() -> answered.get() > 200);
            service.close();
            for (Future<Integer> call : calls) {
                assertThat(call.get()).isPositive();
            }
        }
    }

    /** Calls on one connection until an answer says that it closes, as a balancer's client would then go elsewhere. */
    private int callUntilSentAway(AtomicInteger answered) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            int own = 0;
            HttpRequest request = HttpRequest.newBuilder(service.at("/v1/models/fashion:predict"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(BODY))
                    .build();
            boolean stays = true;
            while (stays) {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(200);
                own++;
                answered.incrementAndGet();
                stays = response.headers().firstValue("connection").isEmpty();
            }
            return own;
        }
    }
}
