package io.catwalk.chassis.access;

import java.util.EnumSet;
import java.util.Set;

import io.catwalk.access.Caller;
import io.catwalk.access.ModelPatterns;
import io.catwalk.access.Role;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The identity provider's tokens. They name roles; models are for keys alone. */
@Singleton
class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final AccessConfig config;
    private final TenantIdentityProvider provider;

    Tokens(AccessConfig config, TenantIdentityProvider provider) {
        this.config = config;
        this.provider = provider;
    }

    /** @return fails with a {@link RefusedCallerException} */
    Uni<Caller> caller(String token) {
        if (!config.oidc().enabled()) {
            return Uni.createFrom()
                    .failure(RefusedCallerException.unauthenticated(
                            "the authorization is no API key, and tokens aren't accepted here"));
        }
        return provider.authenticate(new AccessTokenCredential(token))
                .onFailure()
                .transform(Tokens::refusal)
                .map(Tokens::caller);
    }

    private static Caller caller(SecurityIdentity identity) {
        return new Caller(
                Caller.Kind.TOKEN, identity.getPrincipal().getName(), known(identity.getRoles()), ModelPatterns.ALL);
    }

    /** Other names are roles elsewhere. */
    private static Set<Role> known(Set<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names.forEach(name -> Role.named(name).ifPresent(roles::add));
        return roles;
    }

    /** Why a token isn't accepted isn't logged here: the reasons quote it. */
    private static Throwable refusal(Throwable e) {
        if (e instanceof AuthenticationFailedException) {
            return RefusedCallerException.unauthenticated("the token isn't accepted");
        }
        LOG.warn("the identity provider can't be asked: {}", e.getMessage());
        return RefusedCallerException.unavailable(
                "the identity provider isn't available; try again, or use an API key");
    }
}
