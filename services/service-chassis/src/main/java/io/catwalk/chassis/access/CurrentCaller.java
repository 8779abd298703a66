package io.catwalk.chassis.access;

import io.catwalk.access.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Who makes the HTTP request that is handled. */
@Singleton
public class CurrentCaller {
    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** That of this thread's request, which needed a role. */
    public Caller caller() {
        return of(identity);
    }

    /** That of a request, which needed a role. */
    public static Caller of(RoutingContext http) {
        if (http.user() instanceof QuarkusHttpUser user) {
            return of(user.getSecurityIdentity());
        }
        throw new IllegalStateException("the request wasn't authenticated");
    }

    private static Caller of(SecurityIdentity identity) {
        Caller caller = identity.getAttribute(CallerIdentityProvider.CALLER);
        if (caller == null) {
            throw new IllegalStateException("the request wasn't authenticated");
        }
        return caller;
    }
}
