package io.catwalk.console.access;

import java.util.Set;

import io.catwalk.chassis.access.CallerMechanism;
import io.catwalk.console.ConsoleConfig;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Browsers that are signed in at the identity provider. Quarkus' OIDC leads there and back, keeps the tokens in encrypted cookies and
 * renews them; what a request then shows is the access token, which is looked at as one that a program shows.
 */
@Singleton
public class ProviderMechanism implements HttpAuthenticationMechanism {
    /** Leads to the provider, which leads back to it. */
    static final String SIGN_IN = "/sign-in/provider";

    static final String SIGN_OUT = "/sign-out";
    /** As the policy of the path {@link #SIGN_IN} calls it. */
    private static final String NAME = "identity-provider";

    private static final int BEFORE_QUARKUS_OWN = DEFAULT_PRIORITY + 500;
    private static final Logger LOG = LoggerFactory.getLogger(ProviderMechanism.class);

    private final ConsoleConfig.Oidc config;
    private final OidcAuthenticationMechanism provider;
    private final CallerMechanism callers;

    ProviderMechanism(ConsoleConfig config, OidcAuthenticationMechanism provider, CallerMechanism callers) {
        this.config = config.oidc();
        this.provider = provider;
        this.callers = callers;
    }

    @Override
    public int getPriority() {
        return BEFORE_QUARKUS_OWN;
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext http) {
        return Uni.createFrom()
                .item(
                        config.enabled()
                                ? new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION_CODE, NAME)
                                : null);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext http, IdentityProviderManager identities) {
        if (!config.enabled() || http.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            return Uni.createFrom().nullItem();
        }
        Uni<SecurityIdentity> session = provider.authenticate(http, identities);
        return switch (http.request().path()) {
            case SIGN_IN -> session.onFailure(OIDCException.class).invoke(e -> tellAway(http, e));
            // A session that is over can be left too.
            case SIGN_OUT ->
                session.onFailure()
                        .recoverWithItem(() -> QuarkusSecurityIdentity.builder()
                                .setAnonymous(true)
                                .build());
            default ->
                session.onFailure(OIDCException.class)
                        .invoke(e -> tellAway(http, e))
                        .onFailure()
                        .invoke(() -> http.put(HttpAuthenticationMechanism.class.getName(), this))
                        .onItem()
                        .ifNotNull()
                        .transformToUni(identity -> caller(http, identities, identity));
        };
    }

    private Uni<SecurityIdentity> caller(
            RoutingContext http, IdentityProviderManager identities, SecurityIdentity identity) {
        http.request().headers().set(HttpHeaders.AUTHORIZATION, ProviderSession.authorization(identity));
        return callers.authenticate(http, identities);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext http) {
        return provider.getChallenge(http).onFailure(OIDCException.class).invoke(e -> tellAway(http, e));
    }

    /** Only a page that is loaded can lead elsewhere. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext http) {
        return Stranger.isPageLoad(http.request())
                ? HttpAuthenticationMechanism.super.sendChallenge(http)
                : callers.sendChallenge(http);
    }

    private static void tellAway(RoutingContext http, Throwable e) {
        LOG.warn("the identity provider can't be asked: {}", e.getMessage());
        HttpServerResponse response = http.response();
        if (response.ended()) {
            return;
        }
        if (Stranger.isPageLoad(http.request())) {
            Stranger.lead(response, http.request(), SignInProblem.AWAY);
            response.end();
        } else {
            response.setStatusCode(HttpResponseStatus.SERVICE_UNAVAILABLE.code())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(JsonObject.of("error", SignInProblem.AWAY.text()).toBuffer());
        }
    }
}
