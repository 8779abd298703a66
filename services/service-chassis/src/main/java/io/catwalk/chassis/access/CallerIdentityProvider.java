package io.catwalk.chassis.access;

import java.util.stream.Collectors;

import io.catwalk.access.Caller;
import io.catwalk.access.Role;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Makes callers known to Quarkus Security, with the roles that theirs include. */
@Singleton
class CallerIdentityProvider implements IdentityProvider<CallerRequest> {
    static final String CALLER = "catwalk.caller";

    private final Callers callers;

    CallerIdentityProvider(Callers callers) {
        this.callers = callers;
    }

    @Override
    public Class<CallerRequest> getRequestType() {
        return CallerRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(CallerRequest request, AuthenticationRequestContext context) {
        return callers.identify(request.authorization()).map(CallerIdentityProvider::identity);
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.subject()))
                .addRoles(caller.roles().stream().map(Role::text).collect(Collectors.toSet()))
                .addAttribute(CALLER, caller)
                .build();
    }
}
