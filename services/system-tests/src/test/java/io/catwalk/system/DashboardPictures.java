package io.catwalk.system;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.imageio.ImageIO;

import io.catwalk.events.EventType;
import io.catwalk.local.LocalStack;
import io.catwalk.local.StackPorts;
import io.catwalk.local.StackSettings;
import io.catwalk.local.dataset.FashionMnistLocator;
import io.catwalk.system.monitoring.Dashboard;
import io.catwalk.system.monitoring.Prometheus;
import io.catwalk.system.monitoring.picture.DashboardPainter;
import io.restassured.http.ContentType;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Paints the dashboards into {@code deploy/grafana/pictures}, from runs on Fashion-MNIST while callers ask for predictions.
 * CI doesn't run it, because it takes a quarter of an hour; {@code make dashboards} does.
 */
class DashboardPictures {
    private static final Path PICTURES = StackSettings.ownRoot().resolve("deploy/grafana/pictures");
    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    /** Rollouts that take minutes, and figures of all their requests. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "CATWALK_ROLLOUT_WINDOW", "2s",
            "CATWALK_ROLLOUT_STEPS", "0.6",
            "CATWALK_ROLLOUT_MIN_TIME", "30s",
            "CATWALK_ROLLOUT_ERROR_MARGIN", "0.02",
            "CATWALK_ROLLOUT_COPIES_CANARY_SHARE", "1",
            "CATWALK_PAYLOAD_LOG_SHARE", "0.05");

    @TempDir
    Path folder;

    @Test
    void areOfWhatAnInstallationShows() throws Exception {
        StackSettings settings = new StackSettings(
                StackSettings.ownRoot(),
                folder.resolve("stack"),
                StackPorts.free(),
                FashionMnistLocator.of(StackSettings.ownRoot()).locate(),
                true,
                false,
                ENVIRONMENT);
        try (LocalStack stack = LocalStack.create(settings)) {
            stack.start();
            Path own = Files.createDirectory(folder.resolve("prometheus"));
            try (Prometheus prometheus = Prometheus.start(stack, own);
                    KafkaTopics topics = new KafkaTopics(stack.bootstrapServers())) {
                Instant from = Instant.now();
                work(stack, topics);
                paint(new DashboardPainter(prometheus, from, Instant.now()));
            }
        }
    }

    private static void work(LocalStack stack, KafkaTopics topics) throws Exception {
        send(topics, """
                {"runId": "small-cnn", "dataset": "fashion-mnist", "model": "fashion", "epochs": 1, "seed": 1}""");
        awaitPromoted(topics, "small-cnn");
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .untilAsserted(() -> when().get(stack.serving().resolve("/v1/models/fashion"))
                        .then()
                        .statusCode(200));
        try (Callers callers = Callers.start(stack, "fashion")) {
            send(topics, "{\"dataset\": \"fashion-mnist\", \"epochs\": ten}");
            send(topics, """
                    {"runId": "tutorial-cnn", "dataset": "fashion-mnist", "model": "fashion", "epochs": 6, "seed": 42,
                     "testEachEpoch": true}""");
            awaitPromoted(topics, "tutorial-cnn");
            send(topics, """
                    {"runId": "dropout", "dataset": "fashion-mnist", "model": "fashion", "epochs": 1, "seed": 7,
                     "network": "tutorial-cnn-dropout"}""");
            await().atMost(TIMEOUT)
                    .until(() -> topics.of(EventType.MODEL_REJECTED).stream()
                            .anyMatch(
                                    published -> published.payload().getRunId().equals("dropout")));
            rollOut(stack, topics);
            callers.invert(true);
            callers.goOnFor(30);
            callers.invert(false);
            callers.goOnFor(40);
        }
    }

    /** The better version once more, as a canary. */
    private static void rollOut(LocalStack stack, KafkaTopics topics) throws Exception {
        promote(stack, "stable", "{\"version\": 1}");
        try (Callers more = Callers.start(stack, "fashion")) {
            promote(stack, "canary", "{\"promotionId\": \"canary\", \"version\": 2, \"weight\": 0.3}");
            await().atMost(TIMEOUT)
                    .until(() -> !topics.of(EventType.ROLLOUT_COMPLETED).isEmpty());
            more.goOnFor(20);
        }
    }

    private static void promote(LocalStack stack, String label, String body) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post(stack.evaluation().resolve("/models/fashion/labels/" + label))
                .then()
                .statusCode(202);
    }

    private static void send(KafkaTopics topics, String json) {
        topics.send(new ProducerRecord<>("training-requested", json.getBytes(StandardCharsets.UTF_8)));
    }

    private static void awaitPromoted(KafkaTopics topics, String run) {
        await().atMost(TIMEOUT)
                .until(() -> topics.of(EventType.MODEL_PROMOTED).stream()
                        .anyMatch(published -> published.payload().getCause().equals("evaluations/" + run)));
    }

    private static void paint(DashboardPainter painter) throws IOException {
        Files.createDirectories(PICTURES);
        for (Dashboard dashboard : Dashboard.all()) {
            BufferedImage picture = painter.paint(dashboard);
            Path file = PICTURES.resolve(dashboard.name() + ".png");
            assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();
        }
    }
}
