package io.catwalk.system.guarded;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import io.catwalk.system.browser.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person who signs in at an identity provider, of another site than the console, whose token the services look at themselves. */
class ConsoleSignInIT {
    private final Pipeline pipeline = SharedPipelines.guarded();

    private final Browser browser = Browser.at(pipeline.stack().console());

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void theWayLeadsToThePageThatWasAskedForAndOutAgain() {
        SharedPipelines.nextIs("alice", "viewer");
        browser.open("/datasets");
        browser.awaitText("h1", "Sign in");
        assertThat(browser.barriers()).isEmpty();
        browser.click("a.primary");
        browser.awaitText(".who", "alice");
        assertThat(browser.path()).isEqualTo("/datasets");
        browser.awaitText("#datasets", Pipeline.DATASET);
        assertThat(browser.has(".problem")).isFalse();
        assertThat(browser.errors()).isEmpty();

        // Another process with the same secret.
        pipeline.stack().restart("console");
        pipeline.stack().awaitReady("console");
        browser.open("/runs");
        browser.awaitText(".who", "alice");
        // Those of the page that was open meanwhile.
        browser.errors();

        browser.click(".who button");
        browser.awaitText("h1", "Sign in");
        assertThat(browser.path()).isEqualTo("/sign-in");
        assertThat(browser.errors()).isEmpty();
        browser.open("/runs");
        browser.awaitText("h1", "Sign in");
    }
}
