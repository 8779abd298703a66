package io.catwalk.installation.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CreateKeysCommandTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private Path keys = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("hashes/keys.json");
        keys = folder.resolve("keys");
    }

    @Test
    void theFirstKeysAreInTheFileThatServicesRead() throws Exception {
        assertThat(create()).isZero();

        List<GrantedKey> granted = KeyFile.read(Files.readAllBytes(file));
        assertThat(granted.stream().map(GrantedKey::roles)).containsExactly(Set.of(Role.ADMIN), Set.of(Role.PREDICTOR));
        for (GrantedKey key : granted) {
            String secret = Files.readString(keys.resolve(key.name())).strip();
            assertThat(secret).matches("cw_[A-Za-z0-9_-]{43}");
            assertThat(key.sha256()).isEqualTo(sha256(secret));
        }
    }

    @Test
    void theirOwnerAloneReadsThem() throws IOException {
        create();

        assertThat(permissions(keys.resolve("admin"))).isEqualTo("rw-------");
        assertThat(permissions(keys.resolve("predictor"))).isEqualTo("rw-------");
        assertThat(permissions(file)).isEqualTo("rw-r--r--");
    }

    @Test
    void keysThatAreThereAreKept() throws IOException {
        create();
        String hashes = Files.readString(file);
        String admin = Files.readString(keys.resolve("admin"));

        assertThat(create()).isZero();
        assertThat(file).hasContent(hashes);
        assertThat(keys.resolve("admin")).hasContent(admin);
    }

    /** As after a kill between the keys and the file that makes them valid. */
    @Test
    void withoutTheFileAllAreMadeAnew() throws IOException {
        create();
        String admin = Files.readString(keys.resolve("admin"));
        Files.delete(file);

        assertThat(create()).isZero();
        assertThat(Files.readString(keys.resolve("admin"))).isNotEqualTo(admin);
        assertThat(KeyFile.read(Files.readAllBytes(file))).hasSize(2);
        assertThat(folder.resolve("hashes").toFile().list()).containsExactly("keys.json");
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private int create() {
        return new CommandLine(new CreateKeysCommand()).execute(file.toString(), keys.toString());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
