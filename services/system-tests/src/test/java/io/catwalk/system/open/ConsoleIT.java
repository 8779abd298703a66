package io.catwalk.system.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.system.BarPictures;
import io.catwalk.system.ConsoleVisitor;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import io.catwalk.system.browser.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person at the console, in a real browser: from a dataset to a model that answers, and back to the one before. */
class ConsoleIT {
    private static final String MODEL = "console";
    private static final int EPOCHS = 6;

    private static Pipeline pipeline;
    private static Browser browser;
    private static ConsoleVisitor visitor;

    @BeforeAll
    static void start() {
        pipeline = SharedPipelines.open();
        browser = Browser.at(pipeline.stack().console());
        visitor = new ConsoleVisitor(browser);
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @Test
    void aRunIsStartedWatchedPromotedTriedAndRolledBack() {
        seeTheDataset();
        visitor.train(Pipeline.DATASET, MODEL, "console-first", EPOCHS);
        visitor.watch("console-first", EPOCHS);
        seeTheVersion();
        pipeline.request("console-second", MODEL, "\"epochs\": 7, \"gate\": " + ConsoleVisitor.GATE);
        pipeline.awaitPromoted("evaluations/console-second");
        pipeline.awaitServed(MODEL, 2);
        visitor.makeStable(MODEL, 2, 1);
        pipeline.awaitServed(MODEL, 1);
        visitor.draw(MODEL, 100);
        correctADeadLetter();
        compare();
    }

    private static void seeTheDataset() {
        browser.open("/");
        browser.awaitText(".flow", "Ingestion");
        visitor.check();
        browser.open("/datasets");
        browser.awaitText("#datasets", Pipeline.DATASET);
        visitor.check();
        browser.click(".card h2 a");
        browser.awaitText("h1", Pipeline.DATASET);
        assertThat(browser.text(".figures")).contains(Integer.toString(BarPictures.TRAIN));
        assertThat(browser.script("return document.querySelector('.sheet').naturalWidth > 0"))
                .isEqualTo(true);
        visitor.check();
    }

    private static void seeTheVersion() {
        pipeline.awaitServed(MODEL, 1);
        browser.open("/models");
        browser.awaitText("#models", MODEL);
        visitor.check();
        browser.open("/models/" + MODEL + "/versions/1");
        browser.awaitText(".figures", "Test accuracy");
        visitor.check();
        browser.open("/models/" + MODEL + "/versions/1/errors");
        browser.awaitText("h1", "What it gets wrong");
        visitor.check();
    }

    private static void correctADeadLetter() {
        pipeline.send(
                "training-requested",
                "{\"runId\": \"console-third\", \"dataset\": \"%s\", \"model\": \"%s\", \"epochs\": 0}"
                        .formatted(Pipeline.DATASET, MODEL));
        browser.open("/");
        browser.awaitText("#letters", "epochs");
        browser.click("#letters a");
        browser.awaitText(".facts", "must be 1 to 10000");
        visitor.check();
        browser.type(
                "textarea",
                "{\"runId\": \"console-third\", \"dataset\": \"%s\", \"model\": \"%s\", \"epochs\": 1, \"batchSize\": 32}"
                        .formatted(Pipeline.DATASET, MODEL));
        browser.click("form.stack .primary");
        browser.awaitText("h1", "console-third");
        browser.awaitText("#state", "completed");
    }

    private static void compare() {
        browser.open("/runs");
        browser.awaitText("#runs", "console-third");
        visitor.check();
        browser.open("/runs/compare?runs=console-first&runs=console-second");
        browser.find(".charts canvas");
        visitor.check();
    }
}
