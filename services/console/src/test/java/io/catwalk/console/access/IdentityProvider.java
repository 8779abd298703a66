package io.catwalk.console.access;

import java.util.List;
import java.util.Map;

import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** An OpenID Connect provider at which nobody needs a password. It holds whoever comes to the proof key of the code. */
public final class IdentityProvider implements AutoCloseable {
    private static final String REALM = "team";

    private final MockOAuth2Server server = new MockOAuth2Server();

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

    @Override
    public void close() {
        server.shutdown();
    }
}
