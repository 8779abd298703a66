package io.catwalk.console.access;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import okhttp3.Headers;

/** An OpenID Connect provider at which nobody needs a password. It holds whoever comes to the proof key of the code. */
public final class IdentityProvider implements AutoCloseable {
    private static final String REALM = "team";

    private final Refusal refusal = new Refusal();
    private final MockOAuth2Server server = new MockOAuth2Server(refusal);

    public IdentityProvider() {
        server.start();
    }

    public String issuer() {
        return server.issuerUrl(REALM).toString();
    }

    /** Whoever comes next is this user, with tokens of such a lifetime. */
    public void expect(String user, String audience, long seconds, String... roles) {
        server.enqueueCallback(new DefaultOAuth2TokenCallback(
                REALM, user, "JWT", List.of(audience), Map.of("groups", List.of(roles), "upn", user), seconds));
    }

    /** Refuses the next renewal, as that of a session that it has ended. */
    void refuseRenewal() {
        refusal.next.set(true);
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /** The answer to a renewal that is refused. */
    private static final class Refusal implements Route {
        private final AtomicBoolean next = new AtomicBoolean();

        @Override
        public boolean match(OAuth2HttpRequest request) {
            return String.valueOf(request.getBody()).contains("grant_type=refresh_token")
                    && next.compareAndSet(true, false);
        }

        @Override
        public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
            return new OAuth2HttpResponse(
                    Headers.of("Content-Type", "application/json"),
                    400,
                    "{\"error\": \"invalid_grant\", \"error_description\": \"the session is over\"}",
                    null);
        }
    }
}
