package io.catwalk.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.catwalk.system.browser.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person at the console, in a real browser: from a dataset to a model that answers, and back to the one before. */
class ConsoleIT {
    private static final String MODEL = "console";
    private static final int EPOCHS = 6;
    /** That any model passes. */
    private static final String GATE = "{\"minTestAccuracy\": 0, \"maxRegression\": 1}";

    private static Pipeline pipeline;
    private static Browser browser;

    @BeforeAll
    static void start() {
        pipeline = Pipeline.start("console");
        try {
            pipeline.stack().startConsole();
            browser = Browser.at(pipeline.stack().console());
        } catch (RuntimeException e) {
            pipeline.discard();
            throw e;
        }
    }

    @AfterAll
    static void stop() {
        browser.close();
        pipeline.close();
    }

    @Test
    void aRunIsStartedWatchedPromotedTriedAndRolledBack() {
        seeTheDataset();
        trainByTheForm("first");
        watch("first");
        seeTheVersion();
        pipeline.request("second", MODEL, "\"epochs\": 7, \"gate\": " + GATE);
        pipeline.awaitPromoted("evaluations/second");
        pipeline.awaitServed(MODEL, 2);
        rollBack();
        pipeline.awaitServed(MODEL, 1);
        tryIt();
        correctADeadLetter();
        compare();
    }

    private static void seeTheDataset() {
        browser.open("/");
        browser.awaitText(".flow", "Ingestion");
        check();
        browser.open("/datasets");
        browser.awaitText("#datasets", Pipeline.DATASET);
        check();
        browser.click(".card h2 a");
        browser.awaitText("h1", Pipeline.DATASET);
        assertThat(browser.text(".figures")).contains(Integer.toString(BarPictures.TRAIN));
        assertThat(browser.script("return document.querySelector('.sheet').naturalWidth > 0"))
                .isEqualTo(true);
        check();
    }

    private static void trainByTheForm(String run) {
        browser.open("/runs/new?dataset=" + Pipeline.DATASET);
        browser.type("[name=model]", MODEL);
        browser.type("[name=epochs]", Integer.toString(EPOCHS));
        browser.type("[name=batchSize]", "32");
        browser.type("[name=runId]", run);
        browser.click("summary");
        browser.type("[name=more]", "{\"gate\": " + GATE + "}");
        browser.awaitText("#layers pre", "total");
        check();
        browser.type("[name=epochs]", "none");
        browser.awaitText("#layers", "must be a number");
        browser.type("[name=epochs]", Integer.toString(EPOCHS));
        browser.click("form.stack .primary");
        browser.awaitText("h1", run);
        assertThat(browser.path()).isEqualTo("/runs/" + run);
    }

    private static void watch(String run) {
        browser.find(".charts canvas");
        await("the curves grow without a reload").atMost(Pipeline.TIMEOUT).until(() -> epochsShown() == EPOCHS);
        browser.awaitText("#state", "completed");
        browser.awaitText("#timeline", "claimed");
        browser.awaitText("#verdict", "Gate: promote");
        check();
        browser.click("#verdict a");
        browser.awaitText("h1", "first");
        assertThat(browser.path()).isEqualTo("/of/evaluation/evaluations/" + run + "/report.html");
    }

    private static int epochsShown() {
        Object shown = browser.script("return document.querySelector('.charts').dataset.epochs");
        return shown == null ? 0 : Integer.parseInt(shown.toString());
    }

    private static void seeTheVersion() {
        pipeline.awaitServed(MODEL, 1);
        browser.open("/models");
        browser.awaitText("#models", MODEL);
        check();
        browser.open("/models/" + MODEL + "/versions/1");
        browser.awaitText(".figures", "Test accuracy");
        check();
        browser.open("/models/" + MODEL + "/versions/1/errors");
        browser.awaitText("h1", "What it gets wrong");
        check();
    }

    private static void rollBack() {
        browser.open("/models/" + MODEL);
        browser.awaitText("#labels", "version 2");
        check();
        browser.open("/models/" + MODEL + "/labels/stable?version=1");
        assertThat(browser.text(".change")).contains("version 2", "version 1");
        check();
        browser.click("form.stack .primary");
        browser.awaitText("#labels", "version 1");
    }

    private static void tryIt() {
        browser.open("/try/" + MODEL);
        browser.find(".try canvas");
        browser.script("""
                const canvas = document.querySelector('.try canvas');
                const frame = canvas.getBoundingClientRect();
                const at = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type,
                    {pointerId: 1, clientX: frame.left + x, clientY: frame.top + y, bubbles: true}));
                canvas.setPointerCapture = () => {};
                at('pointerdown', 20, 100);
                for (let x = 20; x < 260; x += 20) at('pointermove', x, 100);
                at('pointerup', 260, 100);""");
        browser.awaitText("[data-side] [data-answer]", "%");
        assertThat(browser.has("[data-answer][data-label]")).isTrue();
        check();
    }

    private static void correctADeadLetter() {
        pipeline.send(
                "training-requested",
                "{\"runId\": \"third\", \"dataset\": \"%s\", \"model\": \"%s\", \"epochs\": 0}"
                        .formatted(Pipeline.DATASET, MODEL));
        browser.open("/");
        browser.awaitText("#letters", "epochs");
        browser.click("#letters a");
        browser.awaitText(".facts", "must be 1 to 10000");
        check();
        browser.type(
                "textarea",
                "{\"runId\": \"third\", \"dataset\": \"%s\", \"model\": \"%s\", \"epochs\": 1, \"batchSize\": 32}"
                        .formatted(Pipeline.DATASET, MODEL));
        browser.click("form.stack .primary");
        browser.awaitText("h1", "third");
        browser.awaitText("#state", "completed");
    }

    private static void compare() {
        browser.open("/runs");
        browser.awaitText("#runs", "third");
        check();
        browser.open("/runs/compare?runs=first&runs=second");
        browser.find(".charts canvas");
        check();
    }

    /** That nothing keeps anybody from using the page that is shown, and that its scripts ran. */
    private static void check() {
        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.errors()).isEmpty();
    }
}
