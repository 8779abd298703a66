package io.catwalk.chassis.access;

import java.time.Clock;
import java.time.Duration;

import io.catwalk.access.ApiKey;
import io.catwalk.access.Caller;
import io.catwalk.access.KeyHolder;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Finds out who calls, from what HTTP's header and gRPC's metadata {@code authorization} say. */
@Singleton
public class Callers {
    private static final String SCHEME = "Bearer ";

    private final AccessConfig config;
    private final AccessKeys keys;
    private final Tokens tokens;
    private final AccessMetrics metrics;
    private final Clock clock;

    Callers(AccessConfig config, AccessKeys keys, Tokens tokens, AccessMetrics metrics, Clock clock) {
        this.config = config;
        this.keys = keys;
        this.tokens = tokens;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Whether callers must show a key or a token; if not, all are {@link Caller#ANYONE}. */
    public boolean areAsked() {
        return config.enabled();
    }

    /**
     * Who shows a key or a token, and counts the call against the key's rate. A key is looked up on this thread.
     *
     * @param authorization null if the call has none
     * @return fails with a {@link RefusedCallerException}
     */
    public Uni<Caller> identify(@Nullable String authorization) {
        if (!config.enabled()) {
            return Uni.createFrom().item(Caller.ANYONE);
        }
        try {
            String credential = credential(authorization);
            return credential.startsWith(ApiKey.PREFIX) ? Uni.createFrom().item(holder(credential)) : token(credential);
        } catch (RefusedCallerException e) {
            metrics.refused(e.reason());
            return Uni.createFrom().failure(e);
        }
    }

    private static String credential(@Nullable String authorization) {
        if (authorization == null) {
            throw RefusedCallerException.unauthenticated(
                    "the call has no authorization, must be Bearer and an API key or a token");
        }
        String credential = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : "";
        if (credential.isEmpty()) {
            throw RefusedCallerException.unauthenticated(
                    "the call's authorization isn't of the form Bearer and an API key or a token");
        }
        return credential;
    }

    private Caller holder(String key) {
        KeyHolder holder =
                keys.find(key).orElseThrow(() -> RefusedCallerException.unauthenticated("the API key isn't known"));
        if (holder.isExpired(clock.instant())) {
            throw RefusedCallerException.unauthenticated(
                    "the API key " + holder.caller().name() + " has expired");
        }
        Duration wait = holder.take();
        if (!wait.isZero()) {
            throw RefusedCallerException.limited(holder.caller().subject(), wait);
        }
        return holder.caller();
    }

    private Uni<Caller> token(String token) {
        return tokens.caller(token).onFailure(RefusedCallerException.class).invoke(e -> metrics.refused(e.reason()));
    }
}
