package io.catwalk.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

    private final ApiKey key = ApiKey.generate(new SecureRandom());

    @Test
    void aKeyIsPrefixAnd256BitsAndIsNotShown() {
        assertThat(key.secret()).matches("cw_[A-Za-z0-9_-]{43}");
        assertThat(ApiKey.generate(new SecureRandom()).secret()).isNotEqualTo(key.secret());
        assertThat(key).hasToString("cw_...");
    }

    @Test
    void findsTheHolderOfAKeyAlone() {
        KeyRing keys = ring(OptionalInt.empty(), Optional.empty());

        assertThat(keys.find(key.secret()))
                .hasValueSatisfying(
                        holder -> assertThat(holder.caller().subject()).isEqualTo("key:nightly"));
        assertThat(keys.find(key.secret() + "x")).isEmpty();
        assertThat(keys.find(key.secret().toLowerCase())).isEmpty();
        assertThat(keys.find(key.sha256())).isEmpty();
        assertThat(keys.find("")).isEmpty();
        assertThat(keys.find("cw_" + "x".repeat(100_000))).isEmpty();
    }

    @Test
    void aKeyExpiresAtItsTime() {
        KeyHolder holder =
                ring(OptionalInt.empty(), Optional.of(NOW)).find(key.secret()).orElseThrow();

        assertThat(holder.isExpired(NOW.minusNanos(1))).isFalse();
        assertThat(holder.isExpired(NOW)).isTrue();
    }

    @Test
    void grantsAccessUntilItsLastKeyExpires() {
        KeyRing keys = ring(OptionalInt.empty(), Optional.of(NOW));

        assertThat(keys.grantsAccess(NOW.minusNanos(1))).isTrue();
        assertThat(keys.grantsAccess(NOW)).isFalse();
        assertThat(ring(OptionalInt.empty(), Optional.empty()).grantsAccess(Instant.MAX))
                .isTrue();
        assertThat(new KeyRing(List.of()).grantsAccess(NOW)).isFalse();
    }

    @Test
    void aKeysRateIsBounded() {
        KeyHolder limited =
                ring(OptionalInt.of(3), Optional.empty()).find(key.secret()).orElseThrow();
        KeyHolder unlimited =
                ring(OptionalInt.empty(), Optional.empty()).find(key.secret()).orElseThrow();

        Instant started = Instant.now();
        int taken = 0;
        Duration wait = Duration.ZERO;
        while (wait.isZero()) {
            wait = limited.take();
            taken += wait.isZero() ? 1 : 0;
            assertThat(unlimited.take()).isZero();
        }

        long elapsedSeconds = Duration.between(started, Instant.now()).toSeconds() + 1;
        assertThat(taken).isBetween(3, (int) (3 + 3 * elapsedSeconds));
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(334));
    }

    private KeyRing ring(OptionalInt requestsPerSecond, Optional<Instant> expires) {
        return new KeyRing(List.of(new GrantedKey(
                "nightly", key.sha256(), Set.of(Role.OPERATOR), ModelPatterns.ALL, requestsPerSecond, expires)));
    }
}
