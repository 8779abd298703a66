package io.catwalk.serving;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.catwalk.objectstore.Digest;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.rollout.v1.VersionWindow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A shadow's copies of stable's requests, and what the windows tell across trouble. */
class ShadowIT extends RunningServing {
    private static final String MODEL = "/v1/models/fashion";
    private static final int IMAGES = 64;

    @Override
    Map<String, String> settings() {
        return Map.of(
                "CATWALK_ROLLOUT_WINDOW", "500ms",
                "CATWALK_ROLLOUT_COPIES_CANARY_SHARE", "1",
                "CATWALK_QUEUE_DEADLINE", "10s");
    }

    @Test
    void aShadowRunsCopiesAndItsDisagreementsAreCounted() throws Exception {
        Digest shadow = serveStable();
        roll("shadow", 2, shadow, 1, 1);
        awaitWeight("shadow");
        try (Callers callers = new Callers()) {
            callers.call(400, 1, service.at(MODEL + ":predict"), BODY);
            assertThat(callers.version(1)).as("stable alone answers").isEqualTo(400);
            await().atMost(TIMEOUT).until(() -> windows().sum("shadow", 2, ShadowIT::ended) == 400);
            when().get(service.management("/q/metrics"))
                    .then()
                    .body(containsString("catwalk_rollout_weight{label=\"shadow\",model=\"fashion\"} 1.0"))
                    .body(containsString(
                            "catwalk_rollout_disagreements_total{label=\"shadow\",model=\"fashion\",version=\"2\"}"));
            service.close();

            PublishedWindows windows = windows().requireWhole();
            long run = windows.sum("shadow", 2, VersionWindow::getRequests);
            assertThat(run).isBetween(1L, 400L);
            assertThat(windows.sum("shadow", 2, ShadowIT::ended)).isEqualTo(400);
            assertThat(windows.sum("shadow", 2, VersionWindow::getCompared)).isEqualTo(run);
            assertThat(windows.sum("shadow", 2, VersionWindow::getDisagreements))
                    .as("its classes are one off")
                    .isEqualTo(run);
            assertThat(windows.sum("shadow", 2, version -> version.getLabels(STRIP + 1)))
                    .isEqualTo(run);
            assertThat(windows.sum("stable", 1, VersionWindow::getRequests))
                    .as("copies aren't requests")
                    .isEqualTo(400);
        }
    }

    @Tag("soak")
    @Test
    void aCanaryIsComparedWithStableByCopies() throws Exception {
        Digest same = serveStable(0);
        roll("canary", 2, same, 1, 1);
        awaitWeight("canary");
        try (Callers callers = new Callers()) {
            callers.call(200, 1, service.at(MODEL + ":predict"), BODY);
            service.close();
            assertThat(callers.version(2)).isEqualTo(200);
        }
        PublishedWindows windows = windows().requireWhole();
        long compared = windows.sum("canary", 2, VersionWindow::getCompared);
        assertThat(compared).isPositive();
        assertThat(compared + windows.sum("canary", 2, VersionWindow::getDropped))
                .isEqualTo(200);
        assertThat(windows.sum("canary", 2, VersionWindow::getDisagreements))
                .as("of equal weights")
                .isZero();
        assertThat(windows.sum("stable", 1, VersionWindow::getRequests)).isZero();
    }

    /** 16 callers with as many images as a batch has, on two cores. */
    @Tag("soak")
    @Test
    void underOverloadCopiesAreDroppedAndEachRequestIsAnswered() throws Exception {
        Digest shadow = serveStable();
        roll("shadow", 2, shadow, 1, 1);
        awaitWeight("shadow");
        try (Callers callers = new Callers()) {
            callers.call(1_600, 16, service.at(MODEL + ":predict"), batch());
            assertThat(callers.status(200)).isEqualTo(1_600);
            assertThat(callers.version(1)).isEqualTo(1_600);
        }
        service.close();
        PublishedWindows windows = windows().requireWhole();
        assertThat(windows.sum("shadow", 2, VersionWindow::getDropped)).isGreaterThan(160);
        assertThat(windows.sum("shadow", 2, ShadowIT::ended)).isEqualTo(1_600);
        assertThat(windows.sum("stable", 1, VersionWindow::getRequests)).isEqualTo(1_600);
    }

    @Tag("soak")
    @Test
    void noWindowIsLostWhileTheBrokerIsAway() throws Exception {
        Digest canary = serveStable();
        roll("canary", 2, canary, 0.5, 1);
        awaitWeight("canary");
        URI predict = service.at(MODEL + ":predict");
        try (Callers callers = new Callers()) {
            callers.call(200, 2, predict, BODY);
            await().atMost(TIMEOUT).until(() -> !windows().all().isEmpty());
            Instant stopped = Instant.now();
            signal("STOP");
            callers.call(4_000, 2, predict, BODY);
            signal("CONT");
            Instant continued = Instant.now();
            callers.call(200, 2, predict, BODY);
            Instant killed = Instant.now();
            broker.kill();
            callers.call(2_000, 2, predict, BODY);
            broker = startBroker();
            Instant started = Instant.now();
            callers.call(200, 2, predict, BODY);
            long told = windows().all().size();
            await().atMost(TIMEOUT).until(() -> windows().all().size() > told);
            service.close();

            assertThat(callers.status(200)).isEqualTo(6_600);
            PublishedWindows windows = windows().requireWhole();
            assertThat(windows.adjacent()).isTrue();
            assertThat(windows.endedBetween(stopped, continued)).isGreaterThan(2);
            assertThat(windows.endedBetween(killed, started)).isGreaterThan(2);
            assertThat(windows.sum("canary", 2, VersionWindow::getRequests)).isEqualTo(callers.version(2));
            assertThat(windows.sum("stable", 1, VersionWindow::getRequests)).isEqualTo(callers.version(1));
        }
    }

    /** A deadline that no batch meets: the client sees 504 for what is the server's fault, and 400 for what is its own. */
    @Tag("soak")
    @Test
    void errorsOfTheServerAreCountedAndThoseOfTheCallerAreNot() throws Exception {
        service.close();
        service = startService(Map.of("CATWALK_ROLLOUT_WINDOW", "500ms", "CATWALK_QUEUE_DEADLINE", "0s"));
        Digest canary = serveStable();
        roll("canary", 2, canary, 0.5, 1);
        awaitWeight("canary");
        try (Callers callers = new Callers()) {
            callers.call(300, 2, service.at(MODEL + ":predict"), batch());
            callers.call(100, 2, service.at(MODEL + ":predict"), "{\"instances\":[[1]]}");
            service.close();
            assertThat(callers.status(400)).isEqualTo(100);
            assertThat(callers.status(504)).isPositive();
            PublishedWindows windows = windows().requireWhole();
            assertThat(windows.versions().mapToLong(VersionWindow::getErrors).sum())
                    .isEqualTo(callers.status(504));
            assertThat(windows.versions().mapToLong(VersionWindow::getRequests).sum())
                    .isEqualTo(callers.status(504) + callers.status(200));
            assertThat(windows.all()).extracting(ServingWindow::getModel).containsOnly("fashion");
        }
    }

    private static long ended(VersionWindow shadow) {
        return shadow.getRequests() + shadow.getDropped();
    }

    private static String batch() {
        String image = Arrays.toString(TinyModel.image(STRIP));
        return IntStream.range(0, IMAGES)
                .mapToObj(index -> image)
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
    }

    private PublishedWindows windows() {
        return PublishedWindows.read(broker.bootstrapServers());
    }

    /** Sends a signal to the broker's process. */
    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(broker.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private Digest serveStable() {
        return serveStable(1);
    }

    /**
     * @param shift of version 2
     * @return its digest; it is published
     */
    private Digest serveStable(int shift) {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        return publish(2, shift);
    }

    private void awaitWeight(String label) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at(MODEL)).then().body("labels." + label, is("2")));
    }
}
