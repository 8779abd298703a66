package io.catwalk.chassis.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import org.jspecify.annotations.Nullable;

/** The question who shows an authorization. */
final class CallerRequest extends BaseAuthenticationRequest {
    private final @Nullable String authorization;

    /** @param authorization null if the call has none */
    CallerRequest(@Nullable String authorization) {
        this.authorization = authorization;
    }

    @Nullable String authorization() {
        return authorization;
    }
}
