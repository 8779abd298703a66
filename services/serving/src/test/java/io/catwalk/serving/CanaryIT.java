package io.catwalk.serving;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import io.catwalk.objectstore.Digest;
import io.catwalk.rollout.v1.VersionWindow;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A canary's share of the requests, and what the windows tell of it. */
class CanaryIT extends RunningServing {
    private static final String MODEL = "/v1/models/fashion";
    private static final String STICKY = "X-Account";

    @Override
    Map<String, String> settings() {
        return Map.of(
                "CATWALK_ROLLOUT_STICKY_HEADER", STICKY,
                "CATWALK_ROLLOUT_WINDOW", "500ms",
                "CATWALK_ROLLOUT_COPIES_CANARY_SHARE", "1");
    }

    @Test
    void sharesRequestsByWeightAndTellsExactlyWhatClientsSaw() throws Exception {
        Digest canary = serveStable();
        try (Callers callers = new Callers()) {
            URI predict = service.at(MODEL + ":predict");
            roll("canary", 2, canary, 0.3, 1);
            awaitWeight(0.3f);
            List<Future<Void>> calls = callers.start(2, predict, BODY);
            long[] seen = requireShare(0.3);

            assertThat(callers.call(service.at(MODEL + "/labels/canary:predict"), BODY, Map.of())
                            .version())
                    .isEqualTo("2");
            assertThat(callers.call(service.at(MODEL + "/labels/stable:predict"), BODY, Map.of())
                            .version())
                    .isEqualTo("1");
            assertThat(callers.call(service.at(MODEL + "/versions/1:predict"), BODY, Map.of())
                            .version())
                    .isEqualTo("1");

            roll("canary", 2, canary, 0.8, 2);
            awaitWeight(0.8f);
            long[] seenThen = requireShare(0.8);
            callers.stop(calls);
            assertThat(callers.status(200)).as("no request failed").isEqualTo(callers.all());

            callers.call(predict, "{\"instances\":[[1]]}", Map.of());
            service.close();
            PublishedWindows windows =
                    PublishedWindows.read(broker.bootstrapServers()).requireWhole();
            assertThat(windows.adjacent()).isTrue();
            assertThat(windows.sum("canary", 2, VersionWindow::getRequests))
                    .isEqualTo(callers.version(2) + seen[1] + seenThen[1]);
            assertThat(windows.sum("stable", 1, VersionWindow::getRequests))
                    .isEqualTo(callers.version(1) + seen[0] + seenThen[0]);
            assertThat(windows.sum("stable", 1, version -> version.getLabels(STRIP)))
                    .as("images by label")
                    .isEqualTo(callers.version(1) + seen[0] + seenThen[0]);
            assertThat(windows.versions().mapToLong(VersionWindow::getErrors)).containsOnly(0L);
        }
    }

    @Tag("soak")
    @Test
    void endsUnderLoadWithoutAFailedRequest() throws Exception {
        Digest canary = serveStable();
        try (Callers callers = new Callers()) {
            List<Future<Void>> calls = callers.start(4, service.at(MODEL + ":predict"), BODY);
            for (int entry = 1; entry <= 9; entry += 2) {
                roll("canary", 2, canary, 1, entry);
                long before = callers.version(2);
                await().atMost(TIMEOUT).until(() -> callers.version(2) > before + 20);
                roll("canary", 2, canary, 0, entry + 1);
                await().atMost(TIMEOUT)
                        .untilAsserted(() -> when().get(service.at(MODEL))
                                .then()
                                .body("labels.canary", nullValue())
                                .body("weights", nullValue())
                                .body("model_version_status.version", is(List.of("1"))));
                long ended = callers.version(1);
                await().atMost(TIMEOUT).until(() -> callers.version(1) > ended + 20);
            }
            callers.stop(calls);
            assertThat(callers.status(200)).as("no request failed").isEqualTo(callers.all());
            given().contentType(ContentType.JSON)
                    .body(BODY)
                    .post(service.at(MODEL + "/labels/canary:predict"))
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void aCallerKeepsItsVersionAndARaisedWeightMovesCallersToTheCanaryAlone() throws Exception {
        Digest canary = serveStable();
        try (Callers callers = new Callers()) {
            roll("canary", 2, canary, 0.2, 1);
            awaitWeight(0.2f);
            Map<String, String> before = versions(callers, MODEL + ":predict", BODY);
            assertThat(versions(callers, MODEL + ":predict", BODY)).isEqualTo(before);
            assertThat(versions(callers, "/v2/models/fashion/infer", v2Body()))
                    .as("on any route")
                    .isEqualTo(before);
            assertThat(share(before)).isCloseTo(0.2, within(0.1));

            roll("canary", 2, canary, 0.7, 2);
            awaitWeight(0.7f);
            Map<String, String> after = versions(callers, MODEL + ":predict", BODY);
            assertThat(share(after)).isCloseTo(0.7, within(0.12));
            before.forEach((caller, version) -> {
                if (version.equals("2")) {
                    assertThat(after).containsEntry(caller, "2");
                }
            });
        }
    }

    /** What isn't loaded gets no request: version 3 was never published. */
    @Tag("soak")
    @Test
    void stableAnswersUntilTheCanaryIsLoaded() throws Exception {
        Digest canary = serveStable();
        try (Callers callers = new Callers()) {
            roll("canary", 3, canary, 1, 1);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> when().get(service.at(MODEL + "/versions/3"))
                            .then()
                            .body("model_version_status[0].state", is("START")));
            callers.call(200, 4, service.at(MODEL + ":predict"), BODY);
            assertThat(callers.version(1)).isEqualTo(200);

            roll("canary", 2, canary, 1, 2);
            awaitWeight(1f);
            callers.call(200, 4, service.at(MODEL + ":predict"), BODY);
            assertThat(callers.version(2)).isEqualTo(200);
        }
    }

    /** @return the version of each of 300 callers */
    private Map<String, String> versions(Callers callers, String route, String body) throws Exception {
        Map<String, String> versions = new HashMap<>();
        for (int caller = 0; caller < 300; caller++) {
            String name = "account-" + caller;
            versions.put(
                    name,
                    callers.call(service.at(route), body, Map.of(STICKY, name)).version());
        }
        return versions;
    }

    private static double share(Map<String, String> versions) {
        return versions.values().stream().filter("2"::equals).count() / (double) versions.size();
    }

    private static String v2Body() {
        return "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28,1],\"datatype\":\"FP32\",\"data\":"
                + Arrays.toString(TinyModel.image(STRIP)) + "}]}";
    }

    /**
     * 3,000 requests: five standard deviations around the share.
     *
     * @return how many stable and the canary have answered
     */
    private long[] requireShare(double weight) throws Exception {
        try (Callers callers = new Callers()) {
            int requests = 3_000;
            callers.call(requests, 4, service.at(MODEL + ":predict"), BODY);
            assertThat(callers.status(200)).isEqualTo(requests);
            double deviation = Math.sqrt(requests * weight * (1 - weight));
            assertThat((double) callers.version(2)).isCloseTo(requests * weight, within(5 * deviation));
            return new long[] {callers.version(1), callers.version(2)};
        }
    }

    /** @return the digest of version 2, which is published */
    private Digest serveStable() {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        return publish(2, 1);
    }

    private void awaitWeight(float weight) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at(MODEL))
                        .then()
                        .body("weights.canary", is(weight))
                        .body("labels.canary", is("2")));
    }
}
