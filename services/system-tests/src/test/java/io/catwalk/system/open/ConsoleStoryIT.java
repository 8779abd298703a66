package io.catwalk.system.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.catwalk.system.BarPictures;
import io.catwalk.system.ConsoleVisitor;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import io.catwalk.system.browser.Browser;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person with pictures of their own, in a real browser: from a zip to a model that answers, its rollouts, and back. */
@Tag("soak")
class ConsoleStoryIT {
    private static final String DATASET = "own";
    private static final String MODEL = "bars";
    private static final int EPOCHS = 10;

    private static Pipeline pipeline;
    private static Browser browser;
    private static ConsoleVisitor visitor;

    @TempDir
    private Path folder;

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
    void fromAZipOfPicturesToAModelThatAnswersAndBack() throws IOException {
        upload();
        seeEqualPictures();
        visitor.train(DATASET, MODEL, "own-1", EPOCHS);
        visitor.watch("own-1", EPOCHS);
        pipeline.awaitServed(MODEL, 1);
        visitor.train(DATASET, MODEL, "own-2", EPOCHS + 1);
        visitor.watch("own-2", EPOCHS + 1);
        pipeline.awaitServed(MODEL, 2);
        visitor.makeStable(MODEL, 2, 1);
        pipeline.awaitServed(MODEL, 1);
        rollOutAndEnd();
        visitor.makeStable(MODEL, 1, 2);
        pipeline.awaitServed(MODEL, 2);
        visitor.draw(MODEL, 100);
        assertThat(browser.text("[data-answer][data-label]")).contains("bar-");
        visitor.makeStable(MODEL, 2, 1);
        pipeline.awaitServed(MODEL, 1);
    }

    private void upload() throws IOException {
        Path zip = Files.write(
                folder.resolve("pictures.zip"),
                BarPictures.zip(
                        40,
                        5,
                        Map.of(
                                "bar-0/one.png", BarPictures.png(0),
                                "bar-0/again.png", BarPictures.png(0),
                                "bar-1/mistaken.png", BarPictures.png(0))));
        browser.open("/datasets/new");
        visitor.check();
        browser.drop("[data-drop]", zip);
        browser.awaitText("[data-chosen]", "pictures.zip");
        browser.type("[name=dataset]", DATASET);
        browser.type("[name=height]", "28");
        browser.type("[name=width]", "28");
        browser.type("[name=testShare]", "0.2");
        // The page is left as soon as the upload is there: what its progress was.
        browser.script("""
                new MutationObserver(() => sessionStorage.progress = document.querySelector('progress').value)
                    .observe(document.querySelector('progress'), {attributes: true})""");
        browser.click("form.stack .primary");
        browser.awaitText("#ingestions", DATASET);
        assertThat(browser.script("return Number(sessionStorage.progress)")).isEqualTo(1L);
        browser.awaitText("#datasets", DATASET);
        visitor.check();
    }

    private static void seeEqualPictures() {
        browser.open("/datasets/" + DATASET);
        browser.awaitText("h1", DATASET);
        browser.awaitText(".twins .contradict", "bar-1");
        browser.awaitPictures();
        assertThat(browser.script(
                        "return [...document.querySelectorAll('.twins img')].map(picture => picture.naturalWidth)"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isNotEmpty()
                .containsOnly(28L);
        visitor.check();
    }

    private static void rollOutAndEnd() {
        browser.open("/models/" + MODEL);
        browser.click("a[href*='/labels/canary?version=2']");
        browser.awaitText(".change", "version 2");
        assertThat(browser.text("h1")).isEqualTo("Roll out");
        visitor.check();
        browser.click("form.stack .primary");
        browser.awaitText("#rollouts", "version 2");
        browser.awaitText("#labels", "canary");
        browser.click("#rollouts .danger");
        browser.awaitText("#rollouts", "cancelled");
    }
}
