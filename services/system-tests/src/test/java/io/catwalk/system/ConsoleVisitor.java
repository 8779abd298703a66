package io.catwalk.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.catwalk.system.browser.Browser;

/** What a person does at the console's pages, each of which is looked at for what keeps somebody out and for errors of its scripts. */
public record ConsoleVisitor(Browser browser) {
    /** That any model passes. */
    public static final String GATE = "{\"minTestAccuracy\": 0, \"maxRegression\": 1}";

    /** Asks for a run by the form, and first for one that is refused. */
    public void train(String dataset, String model, String run, int epochs) {
        browser.open("/runs/new?dataset=" + dataset);
        browser.type("[name=model]", model);
        browser.type("[name=epochs]", Integer.toString(epochs));
        browser.type("[name=batchSize]", "32");
        browser.type("[name=runId]", run);
        browser.click("summary");
        browser.type("[name=more]", "{\"gate\": " + GATE + "}");
        browser.awaitText("#layers pre", "total");
        check();
        browser.type("[name=epochs]", "none");
        browser.awaitText("#layers", "must be a number");
        browser.type("[name=epochs]", Integer.toString(epochs));
        browser.click("form.stack .primary");
        browser.awaitText("h1", run);
        assertThat(browser.path()).isEqualTo("/runs/" + run);
    }

    /** Watches a run to its end, and reads its report. */
    public void watch(String run, int epochs) {
        browser.find(".charts canvas");
        await("the curves grow without a reload").atMost(Pipeline.TIMEOUT).until(() -> epochsShown() == epochs);
        browser.awaitText("#state", "completed");
        browser.awaitText("#timeline", "claimed");
        browser.awaitText("#verdict", "Gate: promote");
        check();
        browser.click("#verdict a");
        browser.awaitText("h1", run);
        assertThat(browser.path()).isEqualTo("/of/evaluation/evaluations/" + run + "/report.html");
    }

    private int epochsShown() {
        Object shown = browser.script("return document.querySelector('.charts').dataset.epochs");
        return shown == null ? 0 : Integer.parseInt(shown.toString());
    }

    /** Moves stable from one version to another, as the confirmation names both. */
    public void makeStable(String model, int from, int to) {
        browser.open("/models/" + model);
        browser.awaitText("#labels dl", "version " + from);
        check();
        browser.click("a[href$='/labels/stable?version=" + to + "']");
        browser.awaitText(".change", "version " + to);
        assertThat(browser.text(".change")).contains("version " + from);
        check();
        browser.click("form.stack .primary");
        browser.awaitText("#labels dl", "version " + to);
    }

    /** Draws a stroke across the try page's canvas, at a height of 0 to 280, and waits for its answer. */
    public void draw(String model, int height) {
        browser.open("/try/" + model);
        browser.find(".try canvas");
        browser.script("""
                const canvas = document.querySelector('.try canvas');
                const frame = canvas.getBoundingClientRect();
                const at = (type, x) => canvas.dispatchEvent(new PointerEvent(type,
                    {pointerId: 1, clientX: frame.left + x, clientY: frame.top + arguments[0], bubbles: true}));
                canvas.setPointerCapture = () => {};
                at('pointerdown', 20);
                for (let x = 20; x < 260; x += 20) at('pointermove', x);
                at('pointerup', 260);""", height);
        browser.awaitText("[data-side] [data-answer]", "%");
        assertThat(browser.has("[data-answer][data-label]")).isTrue();
        check();
    }

    /** That nothing keeps anybody from using the page that is shown, and that its scripts ran. */
    public void check() {
        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.errors()).isEmpty();
    }
}
