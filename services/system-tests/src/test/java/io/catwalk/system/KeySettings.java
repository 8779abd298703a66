package io.catwalk.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;

/** Settings of services that ask their callers for keys. */
final class KeySettings {
    private KeySettings() {}

    /** Those of services that know these keys, by a file that this writes. */
    static Map<String, String> of(List<GrantedKey> keys) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "it").toAbsolutePath());
            Path file = Files.writeString(Files.createTempFile(folder, "keys-", ".json"), KeyFile.of(keys));
            return Map.of("CATWALK_ACCESS_ENABLED", "true", "CATWALK_ACCESS_KEYS_FILE", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
