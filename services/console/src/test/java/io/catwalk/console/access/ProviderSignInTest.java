package io.catwalk.console.access;

import static io.catwalk.console.ConsoleProfile.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.catwalk.console.ConsoleProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to an identity provider and back, the session that it leaves, and its end. */
@QuarkusTest
@TestProfile(ProviderSignInTest.WithProvider.class)
class ProviderSignInTest {
    private static final long HOUR = 3600;
    /** Within what a token is renewed before it expires. */
    private static final long SOON = 5;

    private Visit visit;

    /** An identity provider that answers. */
    public static final class WithProvider extends ConsoleProfile {
        static final IdentityProvider PROVIDER = new IdentityProvider();

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("catwalk.access.oidc.enabled", "true");
            settings.put("catwalk.access.oidc.issuer", PROVIDER.issuer());
            settings.put("catwalk.console.oidc.enabled", "true");
            settings.put("catwalk.console.oidc.session-secret", "a secret of more than 32 characters");
            return settings;
        }
    }

    @BeforeEach
    void forget() {
        ConsoleProfile.forget();
        TRAINING.answer("/runs", 200, "[]");
        visit = new Visit(URI.create("http://127.0.0.1:" + RestAssured.port));
    }

    private HttpResponse<String> signIn(String page, long seconds) {
        WithProvider.PROVIDER.expect("alice", "catwalk", seconds, "operator");
        return visit.open("/sign-in/provider?to=" + page);
    }

    private static String shownToTraining() {
        return TRAINING.asked("/runs").getLast().authorization();
    }

    @Test
    void aVisitorIsLedThereAndBackToThePage() {
        HttpResponse<String> form = visit.open("/runs?text=a");
        assertThat(visit.page()).isEqualTo("/sign-in?to=%2Fruns%3Ftext%3Da");
        assertThat(form.body()).contains("href=\"/sign-in/provider?to=%2Fruns%3Ftext%3Da\"", "name=\"credential\"");

        HttpResponse<String> page = signIn("%2Fruns%3Ftext%3Da", HOUR);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("alice", "Sign out");
        assertThat(visit.page()).isEqualTo("/runs?text=a");
        assertThat(visit.way().get(1).toString())
                .startsWith(WithProvider.PROVIDER.issuer())
                .contains("response_type=code", "code_challenge_method=S256", "code_challenge=", "nonce=", "state=");
    }

    @Test
    void theServicesAreShownTheAccessToken() {
        signIn("/runs", HOUR);
        assertThat(shownToTraining()).startsWith("Bearer ey");
        assertThat(claims(shownToTraining())).contains("\"aud\":\"catwalk\"", "operator");
    }

    @Test
    void theSessionIsKeptWhereNoScriptGetsItAndNobodyReadsIt() {
        signIn("/runs", HOUR);
        List<String> session = visit.set().stream()
                .filter(cookie -> cookie.startsWith("q_session") && !cookie.contains("Max-Age=0"))
                .toList();
        assertThat(session)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(cookie -> assertThat(cookie).contains("HTTPOnly", "Secure", "SameSite=Lax", "Path=/"));
        String token = shownToTraining().substring("Bearer ".length());
        assertThat(visit.cookies().values())
                .noneMatch(cookie -> cookie.getValue().contains(token))
                .noneMatch(cookie -> decoded(cookie.getValue()).contains("alice"));
    }

    @Test
    void aTokenThatIsAboutToExpireIsRenewed() {
        signIn("/runs", SOON);
        String first = shownToTraining();
        assertThat(visit.open("/runs").statusCode()).isEqualTo(200);
        assertThat(visit.way()).hasSize(1);
        assertThat(shownToTraining()).startsWith("Bearer ey").isNotEqualTo(first);
    }

    @Test
    void whoseSessionIsOverSignsInAgainAndComesBack() {
        signIn("/runs", SOON);
        visit.cookies().keySet().removeIf(name -> name.startsWith("q_session_rt"));
        WithProvider.PROVIDER.expect("alice", "catwalk", HOUR, "operator");
        HttpResponse<String> page = visit.open("/runs?text=b");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(visit.page()).isEqualTo("/runs?text=b");
        assertThat(visit.way().get(1).toString()).startsWith(WithProvider.PROVIDER.issuer());
    }

    @Test
    void whoseRenewalIsRefusedSignsInAgainAndComesBack() {
        signIn("/runs", SOON);
        WithProvider.PROVIDER.refuseRenewal();
        WithProvider.PROVIDER.expect("alice", "catwalk", HOUR, "operator");
        HttpResponse<String> page = visit.open("/runs?text=c");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(visit.page()).isEqualTo("/runs?text=c");
        assertThat(visit.way().get(1).toString()).startsWith(WithProvider.PROVIDER.issuer());
    }

    @Test
    void whatARefusedRenewalWouldChangeIsRefused() {
        signIn("/runs", SOON);
        WithProvider.PROVIDER.refuseRenewal();
        HttpResponse<String> answer = visit.submit("/runs/r1/cancel", Map.of("reason", "x"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("error").doesNotContain("the session is over");
        assertThat(TRAINING.asked("/runs/r1/cancel")).isEmpty();
    }

    @Test
    void whatASessionThatIsOverWouldChangeIsRefused() {
        signIn("/runs", SOON);
        visit.cookies().keySet().removeIf(name -> name.startsWith("q_session_rt"));
        HttpResponse<String> answer = visit.submit("/runs/r1/cancel", Map.of("reason", "x"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("error");
        assertThat(TRAINING.asked("/runs/r1/cancel")).isEmpty();
    }

    @Test
    void signingOutEndsTheSessionHereAndThere() {
        signIn("/runs", HOUR);
        HttpResponse<String> answer = visit.submit("/sign-out", Map.of());
        String refresh = answer.headers().firstValue("Refresh").orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(refresh)
                .startsWith("0;url=" + WithProvider.PROVIDER.issuer() + "/endsession?")
                .contains("id_token_hint=ey", "client_id=catwalk-console", "post_logout_redirect_uri=http%3A%2F%2F127");
        assertThat(visit.cookies()).isEmpty();
        visit.open(refresh.substring("0;url=".length()));
        assertThat(visit.page()).startsWith("/sign-in");
        assertThat(visit.way().getLast().getPort()).isEqualTo(RestAssured.port);
        visit.open("/runs");
        assertThat(visit.page()).startsWith("/sign-in?to=");
    }

    @Test
    void aSessionThatIsOverCanBeLeft() {
        signIn("/runs", HOUR);
        visit.cookies().replaceAll((name, cookie) -> new HttpCookie(name, "damaged"));
        HttpResponse<String> answer = visit.submit("/sign-out", Map.of());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(visit.cookies()).isEmpty();
    }

    @Test
    void damagedCookiesLeadToTheSignIn() {
        signIn("/runs", HOUR);
        visit.cookies().replaceAll((name, cookie) -> new HttpCookie(name, "damaged"));
        visit.open("/runs");
        assertThat(visit.page()).isEqualTo("/sign-in?to=%2Fruns");
    }

    @Test
    void aTokenForOthersIsRefusedInWords() {
        WithProvider.PROVIDER.expect("alice", "elsewhere", HOUR, "operator");
        HttpResponse<String> page = visit.open("/sign-in/provider?to=/runs");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("role=\"alert\"", "the token isn", "name=\"credential\"");
        assertThat(visit.cookies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org",
                "//evil.example.org",
                "/\\evil.example.org",
                "%2F%2Fevil.example.org",
                "javascript:x"
            })
    void theWayEndsAtThisConsole(String elsewhere) {
        WithProvider.PROVIDER.expect("alice", "catwalk", HOUR, "viewer");
        visit.open("/sign-in/provider?to=" + elsewhere.replace("\\", "%5C"));
        assertThat(visit.way().getLast().getPort()).isEqualTo(RestAssured.port);
        assertThat(visit.page()).isEqualTo("/");
    }

    @Test
    void whoComesBackWithoutHavingGoneIsntSignedIn() {
        visit.once(URI.create("http://127.0.0.1:" + RestAssured.port + "/sign-in/provider"));
        String refused = "/sign-in/provider?error=access_denied&state=" + state();
        HttpResponse<String> page = visit.open(refused);
        assertThat(visit.page()).isEqualTo("/sign-in?problem=failed&to=%2F");
        assertThat(page.body()).contains("has signed nobody in");
        assertThat(visit.cookies().keySet()).noneMatch(name -> name.startsWith("q_session"));
    }

    private String state() {
        return visit.cookies().keySet().stream()
                .filter(name -> name.startsWith("q_auth_console_"))
                .map(name -> name.substring("q_auth_console_".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aKeySignsInToo() {
        HttpResponse<String> answer =
                visit.submit("/sign-in", Map.of("credential", ConsoleProfile.VIEWER.secret(), "to", "/runs"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(visit.open("/runs").body()).contains("vera");
        signIn("/runs", HOUR);
        assertThat(visit.cookies()).doesNotContainKey(SignInCookie.NAME);
        assertThat(visit.open("/runs").body()).contains("alice").doesNotContain("vera");
    }

    private static String claims(String authorization) {
        return new String(Base64.getUrlDecoder().decode(authorization.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    /** All parts of a token that can be decoded. */
    private static String decoded(String cookie) {
        StringBuilder text = new StringBuilder();
        for (String part : cookie.split("\\.")) {
            try {
                text.append(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                text.append(part);
            }
        }
        return text.toString();
    }
}
