package io.catwalk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreKeysTest {
    @TempDir
    Path folder;

    @Test
    void aFolderKeepsItsKeysAndOnlyItsOwnerReadsThem() throws Exception {
        Path file = folder.resolve("keys");
        StoreKeys keys = StoreKeys.of(file, new SecureRandom());
        assertThat(keys.secretKey()).hasSize(40);
        assertThat(StoreKeys.of(file, new SecureRandom())).isEqualTo(keys);
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void aSpoiledFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "only one line\n");
        assertThatThrownBy(() -> StoreKeys.of(file, new SecureRandom()))
                .hasMessageContaining("must hold an access key and a secret key");
    }
}
