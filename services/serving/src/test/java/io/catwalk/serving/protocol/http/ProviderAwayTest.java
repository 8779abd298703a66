package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** An identity provider that doesn't answer stops neither the start nor keys. */
@QuarkusTest
@TestProfile(ProviderAwayTest.WithoutProvider.class)
class ProviderAwayTest {
    /** Nothing listens where the identity provider should be. */
    public static final class WithoutProvider extends AccessProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("catwalk.access.oidc.enabled", "true");
            overrides.put("catwalk.access.oidc.issuer", "http://127.0.0.1:" + closedPort() + "/realms/away");
            return overrides;
        }

        private static int closedPort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void keysHaveAccess() {
        given().header("Authorization", AccessProfile.bearer(AccessProfile.VIEWER))
                .get("/v1/models")
                .then()
                .statusCode(200);
    }

    @Test
    void aTokenIsToBeShownLater() {
        given().header("Authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln")
                .get("/v1/models")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("error", startsWith("the identity provider isn't available"));
    }

    @Test
    void whatIsOpenStaysOpen() {
        given().get("/v2/health/live").then().statusCode(200);
        given().get("/v1/models").then().statusCode(401);
    }
}
