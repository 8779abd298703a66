package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.URI;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is at the management port, and what at the API's. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class ManagementTest {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    PublishedModels models;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started",
                "/q/health/well",
                "/q/metrics"
            })
    void probesAndMetricsAreAtTheManagementPortAlone(String path) {
        given().get(management.resolve(path)).then().statusCode(200);
        given().get(path).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v2", "/v2/health/ready", "/q/openapi"})
    void theApiAndItsDescriptionAreAtTheirOwnAlone(String path) {
        given().get(path).then().statusCode(200);
        given().get(management.resolve(path)).then().statusCode(404);
    }

    @Test
    void theProtocolsHealthNamesNoModel() {
        models.serve("unnamed", 1, 0, 1);

        for (String path : new String[] {"/v2/health/live", "/v2/health/ready"}) {
            given().get(path).then().statusCode(200).body(not(containsString("unnamed")));
        }
    }

    @Test
    void noWebPageReadsTheMetrics() {
        given().header("Origin", "https://elsewhere.example.org")
                .get(management.resolve("/q/metrics"))
                .then()
                .statusCode(403)
                .body(is(emptyString()));
    }

    @Test
    void takesNoBody() {
        given().body(new byte[4096])
                .post(management.resolve("/q/health"))
                .then()
                .statusCode(413);
    }
}
