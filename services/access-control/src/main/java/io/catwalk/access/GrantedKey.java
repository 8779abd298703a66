package io.catwalk.access;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the key file grants to the holder of one key.
 *
 * @param name of the key, which isn't secret
 * @param sha256 of the whole key, hexadecimal in lower case
 * @param models those that it may call
 * @param requestsPerSecond at most so many at each replica; absent without a limit
 * @param expires from when on it is refused
 */
public record GrantedKey(
        String name,
        String sha256,
        Set<Role> roles,
        ModelPatterns models,
        OptionalInt requestsPerSecond,
        Optional<Instant> expires) {
    public GrantedKey {
        roles = Set.copyOf(roles);
    }

    /** A key with one role, for all models, without a rate, for ever. */
    public static GrantedKey unlimited(String name, ApiKey key, Role role) {
        return new GrantedKey(
                name, key.sha256(), Set.of(role), ModelPatterns.ALL, OptionalInt.empty(), Optional.empty());
    }
}
