package io.catwalk.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.catwalk.access.ApiKey;
import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.Role;

/** Who has a key to {@link SharedPipelines#guarded()}: one of each role, named as it, and two colleagues. */
public enum Keyholder {
    VIEWER(Role.VIEWER),
    PREDICTOR(Role.PREDICTOR),
    OPERATOR(Role.OPERATOR),
    ADMIN(Role.ADMIN),
    ANN(Role.OPERATOR),
    BEN(Role.OPERATOR);

    private final Role role;
    private final ApiKey key = ApiKey.generate(new SecureRandom());

    Keyholder(Role role) {
        this.role = role;
    }

    public static Keyholder of(Role role) {
        return valueOf(role.name());
    }

    public ApiKey key() {
        return key;
    }

    /** The key's name. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Settings of services that know these keys, by a file that this writes. */
    static Map<String, String> settings() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "it").toAbsolutePath());
            Path file = Files.writeString(
                    Files.createTempFile(folder, "keys-", ".json"),
                    KeyFile.of(Stream.of(values())
                            .map(holder -> GrantedKey.unlimited(holder.text(), holder.key, holder.role))
                            .toList()));
            return Map.of("CATWALK_ACCESS_ENABLED", "true", "CATWALK_ACCESS_KEYS_FILE", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
