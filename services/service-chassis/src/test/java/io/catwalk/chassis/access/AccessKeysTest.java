package io.catwalk.chassis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import io.catwalk.access.ApiKey;
import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.ModelPatterns;
import io.catwalk.access.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeysTest {
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

    private final ApiKey key = ApiKey.generate(new SecureRandom());
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("keys.json");
    }

    @Test
    void aServiceWithoutTokensDoesNotStartWithAFileForNobody() throws IOException {
        write(List.of());
        assertThatThrownBy(keys(false)::open)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("catwalk.access.keys-file is " + file
                        + ": keys is [], must have a key at least that hasn't expired: callers have no other access");

        write(List.of(until(NOW)));
        assertThatThrownBy(keys(false)::open)
                .hasMessageContaining("keys[].expires is past for all keys, must have a key at least");
    }

    @Test
    void aServiceWithTokensNeedsNoKey() throws IOException {
        write(List.of());
        AccessKeys keys = keys(true);

        keys.open();

        assertThat(valid()).isOne();
        keys.close();
    }

    @Test
    void aFileForNobodyTakesNoKeyAway() throws IOException {
        write(List.of(GrantedKey.unlimited("a", key, Role.ADMIN)));
        AccessKeys keys = keys(false);
        keys.open();
        try {
            assertThat(valid()).isOne();

            write(List.of());
            await().untilAsserted(() -> assertThat(valid()).isZero());
            assertThat(keys.find(key.secret())).isPresent();

            write(List.of(until(NOW.plusSeconds(1))));
            await().untilAsserted(() -> assertThat(valid()).isOne());
        } finally {
            keys.close();
        }
    }

    private AccessKeys keys(boolean tokens) {
        return new AccessKeys(
                new Settings(
                        true, tokens, Optional.of(file), Optional.of(URI.create("https://id")), Duration.ofMillis(10)),
                new AccessMetrics(metrics),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private double valid() {
        return metrics.get("catwalk.access.keys.file.valid").gauge().value();
    }

    /** The file is never seen in part. */
    private void write(List<GrantedKey> keys) throws IOException {
        Path written = Files.writeString(folder.resolve("new"), KeyFile.of(keys));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private GrantedKey until(Instant expires) {
        return new GrantedKey(
                "a", key.sha256(), Set.of(Role.ADMIN), ModelPatterns.ALL, OptionalInt.empty(), Optional.of(expires));
    }
}
