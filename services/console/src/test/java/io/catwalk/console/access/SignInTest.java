package io.catwalk.console.access;

import static io.catwalk.console.ConsoleProfile.TRAINING;
import static io.catwalk.console.ConsoleProfile.cookie;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.Optional;

import io.catwalk.console.ConsoleProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see and do what, and from where. */
@QuarkusTest
@TestProfile(ConsoleProfile.class)
class SignInTest {
    @BeforeEach
    void forget() {
        ConsoleProfile.forget();
    }

    private static RequestSpecification browser() {
        return given().redirects().follow(false).header("Accept", "text/html,*/*");
    }

    private static String own() {
        return "http://127.0.0.1:" + RestAssured.port;
    }

    @Test
    void aBrowserThatIsntSignedInIsLedToTheSignInAndBack() {
        browser()
                .get("/runs?state=running&text=a")
                .then()
                .statusCode(303)
                .header("Location", containsString("/sign-in?to=%2Fruns%3Fstate%3Drunning%26text%3Da"));
        browser()
                .queryParam("to", "/runs")
                .get("/sign-in")
                .then()
                .statusCode(200)
                .body(containsString("value=\"/runs\""));
    }

    @Test
    void aLinkFromAnotherSiteIsAskedForOnceMoreAsTheCookieIsStrict() {
        browser()
                .header("Sec-Fetch-Site", "cross-site")
                .get("/runs")
                .then()
                .statusCode(200)
                .header("Refresh", "0")
                .body(not(containsString("<h1>")));
    }

    @Test
    void aProgramIsToldWhatIsMissing() {
        given().get("/runs")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("error", containsString("no authorization"));
    }

    @Test
    void aKeyIsKeptWhereNoScriptAndNoOtherSiteGetsIt() {
        Response answer = browser()
                .header("Origin", own())
                .formParam("credential", " " + ConsoleProfile.VIEWER.secret() + " ")
                .formParam("to", "/models")
                .post("/sign-in");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/models");
        assertThat(answer.header("Set-Cookie"))
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict", "Path=/")
                .doesNotContain("Secure", "Max-Age");

        String overTls = browser()
                .header("Origin", "https://127.0.0.1:" + RestAssured.port)
                .formParam("credential", ConsoleProfile.VIEWER.secret())
                .post("/sign-in")
                .header("Set-Cookie");
        assertThat(overTls).contains("Secure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cw_unknown", "no key; Path=/", "\u00e9"})
    void whatTheServicesDontKnowIsRefused(String credential) {
        browser()
                .header("Origin", own())
                .formParam("credential", credential)
                .post("/sign-in")
                .then()
                .statusCode(401)
                .header("Set-Cookie", (String) null)
                .body(containsString("role=\"alert\""));
    }

    @Test
    void theServicesAreAskedWithTheVisitorsOwnKey() {
        TRAINING.answer("/runs", 200, "[]");
        browser()
                .header("Cookie", cookie(ConsoleProfile.VIEWER))
                .get("/runs")
                .then()
                .statusCode(200)
                .body(containsString("vera"));
        assertThat(TRAINING.asked("/runs"))
                .singleElement()
                .satisfies(asked ->
                        assertThat(asked.authorization()).isEqualTo("Bearer " + ConsoleProfile.VIEWER.secret()));
    }

    @Test
    void aKeyThatIsntKnownAnyMoreLeadsToTheSignIn() {
        browser().header("Cookie", "catwalk-sign-in=cw_gone").get("/").then().statusCode(303);
        browser()
                .header("Cookie", "catwalk-sign-in=cw_gone")
                .get("/sign-in?to=%2F")
                .then()
                .statusCode(200)
                .body(containsString("name=\"credential\""), not(containsString("identity provider</a>")));
    }

    @Test
    void signingOutForgetsTheKey() {
        browser()
                .header("Cookie", cookie(ConsoleProfile.VIEWER))
                .header("Origin", own())
                .post("/sign-out")
                .then()
                .statusCode(303)
                .header("Set-Cookie", containsString("Max-Age=0"));
    }

    @Test
    void whatChangesSomethingMustComeFromTheConsolesOwnPages() {
        for (String origin : new String[] {"https://evil.example.org", "null", "http://localhost:1"}) {
            browser()
                    .header("Cookie", cookie(ConsoleProfile.OPERATOR))
                    .header("Origin", origin)
                    .formParam("reason", "x")
                    .post("/runs/r1/cancel")
                    .then()
                    .statusCode(403)
                    .body("error", containsString("Origin is"));
        }
        browser()
                .header("Cookie", cookie(ConsoleProfile.OPERATOR))
                .formParam("reason", "x")
                .post("/runs/r1/cancel")
                .then()
                .statusCode(403);
        assertThat(TRAINING.asked("/runs/r1/cancel")).isEmpty();
    }

    @Test
    void onlyKnownHostsLeadHere() {
        for (String host : new String[] {"evil.example.org", "127.0.0.1.example.org", "example.org:80"}) {
            given().header("Host", host)
                    .get("/sign-in")
                    .then()
                    .statusCode(403)
                    .body("error", containsString("Host is"));
        }
        for (String host : new String[] {"console.example.org", "Console.Example.org:8443", "127.0.0.1:9", "[::1]:9"}) {
            given().header("Host", host).get("/sign-in").then().statusCode(200);
        }
    }

    @Test
    void aViewerChangesNothing() {
        browser()
                .header("Cookie", cookie(ConsoleProfile.VIEWER))
                .header("Origin", own())
                .formParam("reason", "x")
                .post("/runs/r1/cancel")
                .then()
                .statusCode(403);
        assertThat(TRAINING.asked("/runs/r1/cancel")).isEmpty();
    }

    @Test
    void aPredictorTriesModelsAndSeesNothingElse() {
        browser()
                .header("Cookie", cookie(ConsoleProfile.PREDICTOR))
                .get("/runs")
                .then()
                .statusCode(403);
        browser()
                .header("Cookie", cookie(ConsoleProfile.PREDICTOR))
                .get("/try")
                .then()
                .statusCode(200);
    }

    @Test
    void noPageRunsScriptsThatArentTheConsoles() {
        browser()
                .get("/sign-in")
                .then()
                .header("Content-Security-Policy", containsString("script-src 'self'; style-src 'self'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .body(not(containsString("<style")))
                .body(not(containsString("onclick")));
        given().get("/assets/page.js").then().statusCode(200).header("Content-Type", containsString("javascript"));
        given().get("/webjars/uplot/1.6.30/dist/uPlot.esm.js").then().statusCode(200);
    }

    @Test
    void theWayBackIsAPageOfTheConsolesOwn() {
        for (String elsewhere : new String[] {
            "https://evil.example.org", "//evil.example.org", "/\\evil.example.org", "/\nx", "javascript:x", "", "x"
        }) {
            assertThat(SignInResource.local(Optional.of(elsewhere)))
                    .as(elsewhere)
                    .isEqualTo("/");
        }
        assertThat(SignInResource.local(Optional.of("/runs?text=a"))).isEqualTo("/runs?text=a");
    }
}
