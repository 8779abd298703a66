package io.catwalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientKeyTest {
    @TempDir
    Path folder;

    @Test
    void aKeyIsThatOfItsVariableOrFile() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "cw_file\n");

        assertThat(ClientKey.of(Map.of()).authorization()).isEmpty();
        assertThat(ClientKey.of(Map.of("CATWALK_API_KEY", "", "CATWALK_API_KEY_FILE", ""))
                        .authorization())
                .isEmpty();
        assertThat(ClientKey.of(Map.of("CATWALK_API_KEY_FILE", file.toString())).authorization())
                .hasValue("Bearer cw_file");
        assertThat(ClientKey.of(Map.of("CATWALK_API_KEY", "cw_own", "CATWALK_API_KEY_FILE", file.toString()))
                        .authorization())
                .hasValue("Bearer cw_own");
    }

    @Test
    void whatIsNoKeyIsRefusedAndNotShown() {
        assertThatThrownBy(() -> ClientKey.of(Map.of("CATWALK_API_KEY", "cw_secret\nx")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("CATWALK_API_KEY must hold a key alone")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> ClientKey.of(Map.of("CATWALK_API_KEY_FILE", "/absent")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CATWALK_API_KEY_FILE is /absent");
        assertThat(ClientKey.of(Map.of("CATWALK_API_KEY", "cw_secret"))).hasToString("a key");
    }
}
