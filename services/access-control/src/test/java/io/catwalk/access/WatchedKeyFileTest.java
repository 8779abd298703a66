package io.catwalk.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchedKeyFileTest {
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final String NOBODY = ", must have a key at least that hasn't expired: callers have no other access";
    private static final String ALL_EXPIRED = "keys[].expires is past for all keys" + NOBODY;

    private final ApiKey first = ApiKey.generate(new SecureRandom());
    private final ApiKey second = ApiKey.generate(new SecureRandom());

    @TempDir
    Path folder;

    @Test
    void followsTheLinkThatAMountedSecretExchanges() throws IOException {
        Path mounted = mount("1", file(first));
        WatchedKeyFile keys = watched(mounted);
        assertThat(keys.poll()).isFalse();

        exchange("2", file(second));

        assertThat(keys.poll()).isTrue();
        assertThat(keys.keys().find(first.secret())).isEmpty();
        assertThat(keys.keys().find(second.secret())).isPresent();
        assertThat(keys.poll()).isFalse();
    }

    @Test
    void keepsItsKeysWhileTheNewContentIsBad() throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), file(first));
        WatchedKeyFile keys = watched(file);

        Files.writeString(file, "{\"keys\":[{}]}");

        assertThat(keys.poll()).isTrue();
        assertThat(keys.trouble()).hasValueSatisfying(why -> assertThat(why).startsWith("keys[0].name is missing"));
        assertThat(keys.poll()).isFalse();
        assertThat(keys.keys().find(first.secret())).isPresent();

        Files.delete(file);
        assertThat(keys.poll()).isTrue();
        assertThat(keys.trouble()).hasValue("there is no such file");
        assertThat(keys.keys().find(first.secret())).isPresent();

        Files.writeString(file, file(first));
        assertThat(keys.poll()).isTrue();
        assertThat(keys.trouble()).isEmpty();
    }

    @Test
    void refusesABadFileAtTheStart() throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), "{}");

        assertThatThrownBy(() -> watched(file)).hasMessageContaining("keys is missing");
        assertThatThrownBy(() -> watched(folder.resolve("absent"))).hasMessage("there is no such file");
        assertThatThrownBy(() -> watched(folder)).isInstanceOf(InvalidKeyFileException.class);
    }

    @Test
    void refusesAFileThatGivesNobodyAccessAtTheStart() throws IOException {
        Path file = folder.resolve("keys.json");

        Files.writeString(file, KeyFile.of(List.of()));
        assertThatThrownBy(() -> watched(file))
                .isInstanceOf(InvalidKeyFileException.class)
                .hasMessage("keys is []" + NOBODY);

        Files.writeString(file, KeyFile.of(List.of(until(first, NOW), until(second, NOW.minusSeconds(1)))));
        assertThatThrownBy(() -> watched(file))
                .isInstanceOf(InvalidKeyFileException.class)
                .hasMessage(ALL_EXPIRED);

        Files.writeString(file, KeyFile.of(List.of(until(first, NOW), until(second, NOW.plusNanos(1)))));
        assertThat(watched(file).keys().size()).isEqualTo(2);
    }

    @Test
    void keepsItsKeysWhileTheNewContentGivesNobodyAccess() throws IOException {
        Path mounted = mount("1", file(first));
        WatchedKeyFile keys = watched(mounted);

        exchange("2", KeyFile.of(List.of()));
        assertThat(keys.poll()).isTrue();
        assertThat(keys.trouble()).hasValue("keys is []" + NOBODY);
        assertThat(keys.keys().find(first.secret())).isPresent();

        exchange("3", KeyFile.of(List.of(until(second, NOW))));
        assertThat(keys.poll()).isTrue();
        assertThat(keys.trouble()).hasValue(ALL_EXPIRED);
        assertThat(keys.poll()).isFalse();
        assertThat(keys.keys().find(first.secret())).isPresent();
        assertThat(keys.keys().find(second.secret())).isEmpty();

        exchange("4", file(second));
        assertThat(keys.poll()).isTrue();
        assertThat(keys.trouble()).isEmpty();
        assertThat(keys.keys().find(first.secret())).isEmpty();
    }

    @Test
    void theLastKeyMayExpireWhileTheServiceRuns() throws IOException {
        Instant expiry = NOW.plusSeconds(1);
        Path file = Files.writeString(folder.resolve("keys.json"), KeyFile.of(List.of(until(first, expiry))));
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        WatchedKeyFile keys = new WatchedKeyFile(file, true, now::get);

        now.set(expiry);
        assertThat(keys.poll()).isFalse();
        assertThat(keys.trouble()).isEmpty();

        Files.writeString(file, KeyFile.of(List.of(until(second, expiry))));
        assertThat(keys.poll()).isTrue();
        assertThat(keys.trouble()).hasValue(ALL_EXPIRED);
        assertThat(keys.keys().find(first.secret()))
                .hasValueSatisfying(
                        holder -> assertThat(holder.isExpired(expiry)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereTokensGiveAccessThereMayBeNoKey(boolean expired) throws IOException {
        List<GrantedKey> none = expired ? List.of(until(first, NOW)) : List.of();
        Path file = Files.writeString(folder.resolve("keys.json"), KeyFile.of(none));
        WatchedKeyFile keys = new WatchedKeyFile(file, false, () -> NOW);
        assertThat(keys.keys().size()).isEqualTo(none.size());

        Files.writeString(file, file(second));
        assertThat(keys.poll()).isTrue();
        Files.writeString(file, KeyFile.of(none));
        assertThat(keys.poll()).isTrue();
        assertThat(keys.trouble()).isEmpty();
        assertThat(keys.keys().find(second.secret())).isEmpty();
    }

    private static WatchedKeyFile watched(Path file) {
        return new WatchedKeyFile(file, true, () -> NOW);
    }

    private static GrantedKey until(ApiKey key, Instant expires) {
        return new GrantedKey(
                key.sha256().substring(0, 8),
                key.sha256(),
                Set.of(Role.VIEWER),
                ModelPatterns.ALL,
                OptionalInt.empty(),
                Optional.of(expires));
    }

    /** As a kubelet does: the file is a link through {@code ..data}. */
    private Path mount(String version, String content) throws IOException {
        exchange(version, content);
        return Files.createSymbolicLink(folder.resolve("keys.json"), Path.of("..data", "keys.json"));
    }

    private void exchange(String version, String content) throws IOException {
        Path data = Files.createDirectory(folder.resolve(".." + version));
        Files.writeString(data.resolve("keys.json"), content);
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), data.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String file(ApiKey key) {
        return "{\"keys\":[{\"name\":\"a\",\"sha256\":\"" + key.sha256() + "\",\"roles\":[\"viewer\"]}]}";
    }
}
