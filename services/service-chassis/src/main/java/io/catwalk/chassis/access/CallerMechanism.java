package io.catwalk.chassis.access;

import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Asks HTTP requests for their authorization, and answers those that are refused before anything else sees them. */
@Singleton
public class CallerMechanism implements HttpAuthenticationMechanism {
    private static final int BEFORE_ALL_OTHERS = DEFAULT_PRIORITY + 1000;
    private static final String CHALLENGE = "Bearer";

    private final Callers callers;

    CallerMechanism(Callers callers) {
        this.callers = callers;
    }

    @Override
    public int getPriority() {
        return BEFORE_ALL_OTHERS;
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(CallerRequest.class);
    }

    /** A request without an authorization is anonymous, which what is open takes. */
    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext http, IdentityProviderManager identities) {
        String authorization = http.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        if (authorization == null && callers.areAsked()) {
            return Uni.createFrom().nullItem();
        }
        return identities
                .authenticate(new CallerRequest(authorization))
                .onFailure(RefusedCallerException.class)
                .invoke(e -> answer(http, e));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext http) {
        return Uni.createFrom()
                .item(new ChallengeData(
                        RefusedCallerException.Reason.UNAUTHENTICATED.status(),
                        HttpHeaderNames.WWW_AUTHENTICATE,
                        CHALLENGE));
    }

    /** Answers an anonymous request for what isn't open. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext http) {
        return callers.identify(null)
                .onFailure(RefusedCallerException.class)
                .invoke(e -> answer(http, e))
                .onItemOrFailure()
                .transform((caller, refused) -> true);
    }

    private static void answer(RoutingContext http, RefusedCallerException refused) {
        HttpServerResponse response = http.response();
        if (response.ended()) {
            return;
        }
        response.setStatusCode(refused.reason().status())
                .putHeader(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        if (refused.reason() == RefusedCallerException.Reason.UNAUTHENTICATED) {
            response.putHeader(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        }
        if (!refused.retryAfter().isZero()) {
            response.putHeader(HttpHeaderNames.RETRY_AFTER, Long.toString(refused.retryAfterSeconds()));
        }
        response.end(JsonObject.of("error", refused.getMessage()).toBuffer());
        // Nobody reads its body, and the connection's next request comes after it.
        if (!http.request().isEnded()) {
            http.request().resume();
        }
    }
}
