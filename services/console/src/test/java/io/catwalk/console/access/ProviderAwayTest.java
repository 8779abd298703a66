package io.catwalk.console.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;

import io.catwalk.console.ConsoleProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

/** An identity provider that doesn't answer stops neither the start nor keys. */
@QuarkusTest
@TestProfile(ProviderAwayTest.WithoutProvider.class)
class ProviderAwayTest {
    /** Nothing listens where the identity provider should be. */
    public static final class WithoutProvider extends ConsoleProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("catwalk.access.oidc.enabled", "true");
            settings.put("catwalk.access.oidc.issuer", "http://127.0.0.1:" + closedPort() + "/realms/away");
            settings.put("catwalk.console.oidc.enabled", "true");
            settings.put("catwalk.console.oidc.address", "https://console.example.org");
            settings.put("catwalk.console.oidc.session-secret", "a secret of more than 32 characters");
            return settings;
        }

        private static int closedPort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Visit visit() {
        return new Visit(URI.create("http://127.0.0.1:" + RestAssured.port));
    }

    @Test
    void whoWantsToSignInThereIsTold() {
        Visit visit = visit();
        assertThat(visit.open("/sign-in/provider?to=%2Fruns").body())
                .contains("doesn’t answer", "name=\"credential\"", "value=\"/runs\"");
        assertThat(visit.page()).isEqualTo("/sign-in?problem=away&to=%2Fruns");
    }

    @Test
    void soIsWhoHasASession() {
        given().redirects()
                .follow(false)
                .header("Accept", "text/html")
                .cookie("q_session_console", "x")
                .get("/runs")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/sign-in?problem=away&to=%2Fruns"));
        given().cookie("q_session_console", "x").get("/runs").then().statusCode(503);
    }

    @Test
    void keysSignIn() {
        Visit visit = visit();
        assertThat(visit.open("/sign-in").body())
                .contains("href=\"https://console.example.org/sign-in/provider?to=%2F\"");
        assertThat(visit.submit("/sign-in", Map.of("credential", ConsoleProfile.VIEWER.secret()))
                        .statusCode())
                .isEqualTo(303);
        assertThat(visit.open("/runs").body()).contains("vera");
    }
}
