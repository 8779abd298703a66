package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.catwalk.access.ApiKey;
import io.catwalk.serving.LogCapture;
import io.catwalk.serving.TinyModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what over HTTP. */
@QuarkusTest
@TestProfile(AccessProfile.class)
class AccessTest {
    private static final String PREDICT = "{\"instances\":[" + Arrays.toString(TinyModel.image(3)) + "]}";
    private static final String INFER =
            "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28,1],\"datatype\":\"FP32\",\"data\":"
                    + Arrays.toString(TinyModel.image(3)) + "}]}";

    @TestHTTPResource
    URI address;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    PublishedModels models;

    @Inject
    RequestThreads threads;

    @Inject
    MeterRegistry meters;

    private final LogCapture log = new LogCapture();

    @BeforeEach
    void serve() {
        log.start();
        RestAssured.urlEncodingEnabled = false;
        asAdmin(() -> {
            models.serve("fashion", 1, 0, 1);
            models.serve("digits", 1, 0, 1);
        });
    }

    /** Whatever happens, no key is in the log. */
    @AfterEach
    void noKeyIsLogged() {
        log.stop();
        AccessProfile.secrets().forEach(secret -> assertThat(log.text()).doesNotContain(secret));
    }

    static Stream<String> bad() {
        String predictor = AccessProfile.PREDICTOR.secret();
        return Stream.of(
                "Bearer " + AccessProfile.UNKNOWN.secret(),
                "Bearer " + AccessProfile.EXPIRED.secret(),
                "Bearer " + predictor + "x",
                "Bearer " + predictor.substring(0, predictor.length() - 1),
                "Bearer " + predictor.toLowerCase(),
                "Bearer cw_",
                "Bearer cw_" + "x".repeat(5_000),
                "Bearer",
                "Bearer ",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Basic " + predictor,
                predictor,
                "Bearer Bearer " + predictor,
                "");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whoShowsNoGoodKeyGetsNothing(String authorization) {
        given().header("Authorization", authorization)
                .contentType(ContentType.JSON)
                .body(PREDICT)
                .post("/v1/models/fashion:predict")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType(ContentType.JSON)
                .body("error", not(containsString("cw_")));
    }

    @Test
    void whoShowsNothingIsToldWhatIsMissing() {
        for (String path : List.of("/v1/models", "/v2", "/v1/models/fashion", "/q/openapi", "/nothing", "/")) {
            given().get(path)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", "Bearer")
                    .body("error", is("the call has no authorization, must be Bearer and an API key or a token"));
        }
    }

    @Test
    void anExpiredKeyIsNamed() {
        with(AccessProfile.EXPIRED)
                .get("/v1/models")
                .then()
                .statusCode(401)
                .body("error", is("the API key expired has expired"));
    }

    @Test
    void theProtocolsHealthIsOpenAndSoAreProbesAndMetrics() {
        given().get("/v2/health/live").then().statusCode(200);
        given().get("/v2/health/ready").then().statusCode(200);
        given().get(management.resolve("/q/health/ready")).then().statusCode(200);
        given().get(management.resolve("/q/metrics"))
                .then()
                .statusCode(200)
                .body(containsString("catwalk_access_keys 6.0"))
                .body(containsString("catwalk_access_keys_file_valid 1.0"))
                .body(containsString("catwalk_access_refused_total{reason=\"unauthenticated\"}"))
                .body(not(containsString("cw_")));
    }

    @Test
    void anyKeyReadsTheDescription() {
        with(AccessProfile.PREDICTOR).get("/q/openapi").then().statusCode(200);
    }

    @Test
    void aMissingRoleIsNamed() {
        call(AccessProfile.VIEWER, "/v1/models/fashion:predict", PREDICT)
                .statusCode(403)
                .contentType(ContentType.JSON)
                .body("error", is("this needs the role predictor; key:viewer has viewer"));
        with(AccessProfile.PREDICTOR)
                .get("/v1/models/fashion/history")
                .then()
                .statusCode(403)
                .body("error", is("this needs the role viewer; key:predictor has predictor"));
    }

    @Test
    void refusalsOfARoleAndOfAModelAreCounted() {
        double before = forbidden();
        call(AccessProfile.VIEWER, "/v1/models/fashion:predict", PREDICT).statusCode(403);
        call(AccessProfile.PREDICTOR, "/v1/models/digits:predict", PREDICT).statusCode(403);
        with(AccessProfile.PREDICTOR).get("/v2/models/digits").then().statusCode(403);
        with(AccessProfile.PREDICTOR).get("/v2/models/fashion").then().statusCode(200);

        assertThat(forbidden() - before).isEqualTo(3);
    }

    private double forbidden() {
        return meters.counter("catwalk.access.refused", "reason", "forbidden").count();
    }

    @Test
    void aRouteWithoutARoleIsNobodys() {
        given().get("/roleless").then().statusCode(401);
        with(AccessProfile.ADMIN)
                .get("/roleless")
                .then()
                .statusCode(403)
                .body("error", startsWith("this needs the role that nobody has; key:admin has viewer, predictor"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models/%s:predict",
                "/v1/models/%s/versions/1:predict",
                "/v1/models/%s/labels/stable:predict",
                "/v1/models/%s:classify-image",
                "/v1/models/%s/versions/1:classify-image",
                "/v1/models/%s/labels/stable:classify-image",
                "/v2/models/%s/infer",
                "/v2/models/%s/versions/1/infer"
            })
    void aPredictorCallsTheModelsOfItsKeyAlone(String route) {
        call(AccessProfile.PREDICTOR, route.formatted("fashion")).statusCode(200);
        call(AccessProfile.ADMIN, route.formatted("digits")).statusCode(200);
        for (String other : List.of("digits", "nothing", "Fashion", "%64igits")) {
            call(AccessProfile.PREDICTOR, route.formatted(other))
                    .statusCode(403)
                    .contentType(ContentType.JSON)
                    .body("error", startsWith("key:predictor may not call the model '"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models/%s",
                "/v1/models/%s/versions/1",
                "/v1/models/%s/labels/stable",
                "/v1/models/%s/metadata",
                "/v1/models/%s/versions/1/metadata",
                "/v1/models/%s/labels/stable/metadata",
                "/v2/models/%s",
                "/v2/models/%s/versions/1",
                "/v2/models/%s/config",
                "/v2/models/%s/ready",
                "/v2/models/%s/versions/1/ready",
                "/v2/models/%s/stats",
                "/v2/models/%s/versions/1/stats"
            })
    void aPredictorReadsTheModelsOfItsKeyAlone(String route) {
        with(AccessProfile.PREDICTOR).get(route.formatted("fashion")).then().statusCode(200);
        with(AccessProfile.VIEWER).get(route.formatted("digits")).then().statusCode(200);
        with(AccessProfile.PREDICTOR)
                .get(route.formatted("digits"))
                .then()
                .statusCode(403)
                .body("error", is("key:predictor may not see the model 'digits'"));
    }

    @Test
    void listsShowAPredictorTheModelsOfItsKeyAlone() {
        list(AccessProfile.PREDICTOR, "/v1/models")
                .body("models", hasItem("fashion"))
                .body("models", not(hasItem("digits")));
        list(AccessProfile.VIEWER, "/v1/models").body("models", hasItems("fashion", "digits"));
        list(AccessProfile.PREDICTOR, "/v2/models/stats").body("model_stats.name", not(hasItem("digits")));
        list(AccessProfile.VIEWER, "/v2/models/stats").body("model_stats.name", hasItems("fashion", "digits"));
        with(AccessProfile.PREDICTOR)
                .post("/v2/repository/index")
                .then()
                .statusCode(200)
                .body("name", not(hasItem("digits")))
                .body("name", hasItem("fashion"));
        with(AccessProfile.VIEWER)
                .post("/v2/repository/index")
                .then()
                .statusCode(200)
                .body("name", hasItems("fashion", "digits"));
    }

    @Test
    void aKeysRateIsBoundedAndOthersAreNot() {
        ValidatableResponse refused = await().pollInterval(Duration.ZERO)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> with(AccessProfile.LIMITED)
                                .get("/v1/models/fashion")
                                .then(),
                        answer -> answer.extract().statusCode() != 200);

        refused.statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThanOrEqualTo(1))
                .body("error", is("key:limited has used up its requests per second"));
        call(AccessProfile.PREDICTOR, "/v1/models/fashion:predict").statusCode(200);
        await().untilAsserted(() ->
                with(AccessProfile.LIMITED).get("/v1/models/fashion").then().statusCode(200));
    }

    @Test
    void anAuthenticatedShortRequestStaysOnItsEventLoop() {
        call(AccessProfile.PREDICTOR, "/v2/models/fashion/infer").statusCode(200);
        int before = threads.eventLoops();

        call(AccessProfile.PREDICTOR, "/v2/models/fashion/infer").statusCode(200);

        assertThat(threads.eventLoops()).isEqualTo(before + 1);
    }

    @Test
    void keysFollowTheirFileAndABadOneChangesNone() {
        AccessProfile.grantAdminAlone();
        try {
            await().untilAsserted(() ->
                    with(AccessProfile.VIEWER).get("/v1/models").then().statusCode(401));
            with(AccessProfile.ADMIN).get("/v1/models").then().statusCode(200);

            AccessProfile.write("{\"keys\":[{\"name\":\"Bad\"}]}");

            await().untilAsserted(() -> given().get(management.resolve("/q/metrics"))
                    .then()
                    .body(containsString("catwalk_access_keys_file_valid 0.0")));
            with(AccessProfile.ADMIN).get("/v1/models").then().statusCode(200);
            assertThat(log.text())
                    .contains("the new key file isn't used, the keys stay as they were: keys[0].name is \"Bad\"");
        } finally {
            AccessProfile.grantAll();
        }
        await().untilAsserted(() ->
                with(AccessProfile.VIEWER).get("/v1/models").then().statusCode(200));
    }

    /** Its answer comes before its body, which would take all the memory for bodies. */
    @Test
    void theBodyOfAStrangerIsNotReceived() throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/models/fashion:predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 16000000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();

            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
            socket.setSoTimeout(10_000);
            assertThat(in.readAllBytes()).isNotEmpty();
        }
    }

    /** The connection goes on after a refusal whose body was sent. */
    @Test
    void aConnectionServesOthersAfterARefusal() throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/models/fashion:predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 2\r\n\r\n{}GET /v2/health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).startsWith("HTTP/1.1 401").contains("HTTP/1.1 200");
        }
    }

    private static ValidatableResponse list(ApiKey key, String path) {
        return with(key).get(path).then().statusCode(200);
    }

    private static ValidatableResponse call(ApiKey key, String path) {
        if (path.endsWith(":classify-image")) {
            return with(key)
                    .contentType("image/png")
                    .body(TinyModel.png(3))
                    .post(path)
                    .then();
        }
        return call(key, path, path.endsWith(":predict") ? PREDICT : INFER);
    }

    private static ValidatableResponse call(ApiKey key, String path, String body) {
        return with(key).contentType(ContentType.JSON).body(body).post(path).then();
    }

    private static RequestSpecification with(ApiKey key) {
        return given().header("Authorization", AccessProfile.bearer(key));
    }

    static void asAdmin(Runnable calls) {
        RestAssured.requestSpecification = new RequestSpecBuilder()
                .addHeader("Authorization", AccessProfile.bearer(AccessProfile.ADMIN))
                .build();
        try {
            calls.run();
        } finally {
            RestAssured.requestSpecification = null;
        }
    }
}
