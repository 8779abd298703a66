package io.catwalk.system;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.catwalk.local.LocalStack;
import io.catwalk.local.StackPorts;
import io.catwalk.local.StackSettings;
import io.catwalk.local.dataset.FashionMnistLocator;
import io.catwalk.system.browser.Browser;
import io.restassured.http.ContentType;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Photographs the console's pages into {@code docs/console}, wide, narrow and dark, of runs on Fashion-MNIST. CI doesn't run it; {@code
 * make screenshots} does.
 */
class ConsolePictures {
    private static final Path PICTURES = StackSettings.ownRoot().resolve("docs/console");
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int WIDE = 1440;
    private static final int NARROW = 360;
    private static final int HEIGHT = 1000;
    private static final Set<String> DARK = Set.of("run", "dataset", "errors", "try");

    @TempDir
    Path folder;

    @Test
    void areOfEachPage() {
        StackSettings settings = new StackSettings(
                StackSettings.ownRoot(),
                folder.resolve("stack"),
                StackPorts.free(),
                FashionMnistLocator.of(StackSettings.ownRoot()).locate(),
                true);
        try (LocalStack stack = LocalStack.create(settings)) {
            stack.start();
            stack.startConsole();
            work(stack);
            try (Browser browser = Browser.at(stack.console())) {
                List<String> wider = new ArrayList<>();
                browser.emulate(WIDE, HEIGHT, false);
                pages().forEach((name, page) -> photograph(browser, name + "-" + WIDE, page, wider));
                browser.emulate(NARROW, HEIGHT, false);
                pages().forEach((name, page) -> photograph(browser, name + "-" + NARROW, page, wider));
                browser.emulate(WIDE, HEIGHT, true);
                pages().forEach((name, page) -> {
                    if (DARK.contains(name)) {
                        photograph(browser, name + "-dark", page, wider);
                    }
                });
                assertThat(wider).as("pages that are wider than the screen").isEmpty();
            }
        }
    }

    private static void work(LocalStack stack) {
        request(stack, "/runs", """
                {"runId": "first", "dataset": "fashion-mnist", "model": "fashion", "epochs": 1, "seed": 1}""");
        awaitEnd(stack, "/runs/first");
        request(stack, "/runs", """
                {"runId": "longer", "dataset": "fashion-mnist", "model": "fashion", "epochs": 3, "seed": 42,
                 "testEachEpoch": true}""");
        awaitEnd(stack, "/runs/longer");
        request(stack, "/sweeps", """
                {"sweepId": "rates", "training": {"dataset": "fashion-mnist", "model": "sweep", "epochs": 1, "publish": false},
                 "parameters": [{"field": "learningRate", "values": [0.0003, 0.001, 0.003]}, {"field": "batchSize", "values": [64, 256]}],
                 "parallelRuns": 2}""");
        awaitEnd(stack, "/sweeps/rates");
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> when().get(stack.serving().resolve("/v1/models/fashion"))
                        .path("labels.stable")
                        .equals("2"));
        try (KafkaTopics topics = new KafkaTopics(stack.bootstrapServers())) {
            topics.send(new ProducerRecord<>(
                    "training-requested",
                    "{\"runId\": \"typo\", \"dataset\": \"fashion-mnist\", \"model\": \"fashion\", \"epochs\": 0}"
                            .getBytes(StandardCharsets.UTF_8)));
        }
        request(stack, "/runs", """
                {"runId": "on-now", "dataset": "fashion-mnist", "model": "fashion", "epochs": 200, "seed": 3}""");
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> when().get(stack.training().resolve("/runs/on-now"))
                                .jsonPath()
                                .getInt("epoch")
                        > 1);
    }

    private static void request(LocalStack stack, String path, String json) {
        given().contentType(ContentType.JSON)
                .body(json)
                .post(stack.training().resolve(path))
                .then()
                .statusCode(202);
    }

    private static void awaitEnd(LocalStack stack, String path) {
        await(path)
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() ->
                        when().get(stack.training().resolve(path)).path("state").equals("completed"));
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("pipeline", "/");
        pages.put("datasets", "/datasets");
        pages.put("dataset", "/datasets/fashion-mnist");
        pages.put("runs", "/runs");
        pages.put("run", "/runs/longer");
        pages.put("new-run", "/runs/new?dataset=fashion-mnist&model=fashion&network=tutorial-cnn");
        pages.put("compare", "/runs/compare?runs=first&runs=longer");
        pages.put("sweep", "/sweeps/rates");
        pages.put("model", "/models/fashion");
        pages.put("version", "/models/fashion/versions/2");
        pages.put("promote", "/models/fashion/labels/stable?version=1");
        pages.put("errors", "/models/fashion/versions/2/errors");
        pages.put("try", "/try/fashion");
        return pages;
    }

    private static void photograph(Browser browser, String name, String page, List<String> wider) {
        browser.open(page);
        browser.find("h1");
        if (page.startsWith("/runs/longer") || page.contains("compare")) {
            browser.find(".charts[data-epochs]");
        }
        if (page.startsWith("/try")) {
            browser.click(".pictures button");
            browser.awaitText("[data-answer]", "%");
        }
        browser.awaitPictures();
        if (browser.overflows()) {
            wider.add(name);
        }
        browser.photograph(PICTURES.resolve(name + ".png"));
    }
}
