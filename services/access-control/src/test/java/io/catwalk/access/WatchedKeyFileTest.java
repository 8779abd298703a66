package io.catwalk.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedKeyFileTest {
    private final ApiKey first = ApiKey.generate(new SecureRandom());
    private final ApiKey second = ApiKey.generate(new SecureRandom());

    @TempDir
    Path folder;

    @Test
    void followsTheLinkThatAMountedSecretExchanges() throws IOException {
        Path mounted = mount("1", file(first));
        WatchedKeyFile keys = new WatchedKeyFile(mounted);
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
        WatchedKeyFile keys = new WatchedKeyFile(file);

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

        assertThatThrownBy(() -> new WatchedKeyFile(file)).hasMessageContaining("keys is missing");
        assertThatThrownBy(() -> new WatchedKeyFile(folder.resolve("absent"))).hasMessage("there is no such file");
        assertThatThrownBy(() -> new WatchedKeyFile(folder)).isInstanceOf(InvalidKeyFileException.class);
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
