package io.catwalk.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.catwalk.system.browser.Browser;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person who signs in at an identity provider, of another site than the console, whose token the services look at themselves. */
class ConsoleSignInIT {
    private static final String REALM = "team";
    private static final MockOAuth2Server PROVIDER = new MockOAuth2Server();

    private static ConsoleStack stack;
    private static Pipeline pipeline;
    private static Browser browser;

    @BeforeAll
    static void start() {
        PROVIDER.start();
        PROVIDER.enqueueCallback(new DefaultOAuth2TokenCallback(
                REALM, "alice", "JWT", List.of("catwalk"), Map.of("groups", List.of("viewer"), "upn", "alice")));
        stack = ConsoleStack.start(
                "sign-in",
                Map.of(
                        "CATWALK_ACCESS_ENABLED", "true",
                        "CATWALK_ACCESS_OIDC_ENABLED", "true",
                        "CATWALK_ACCESS_OIDC_ISSUER", PROVIDER.issuerUrl(REALM).toString(),
                        "CATWALK_CONSOLE_OIDC_ENABLED", "true",
                        "CATWALK_CONSOLE_OIDC_SESSION_SECRET", "0123456789abcdef0123456789abcdef"));
        pipeline = stack.pipeline();
        browser = stack.browser();
    }

    @AfterAll
    static void stop() {
        stack.close();
        PROVIDER.shutdown();
    }

    @Test
    void theWayLeadsToThePageThatWasAskedForAndOutAgain() {
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
