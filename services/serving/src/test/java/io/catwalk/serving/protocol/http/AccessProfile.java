package io.catwalk.serving.protocol.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

import io.catwalk.access.ApiKey;
import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.ModelPatterns;
import io.catwalk.access.Role;
import io.quarkus.test.junit.QuarkusTestProfile;

/** The service of {@link ServiceProfile} with access control, and a key for each role. */
public class AccessProfile implements QuarkusTestProfile {
    static final ApiKey VIEWER = key();
    /** May call the models whose names begin with {@code fashion}. */
    static final ApiKey PREDICTOR = key();

    static final ApiKey OPERATOR = key();
    static final ApiKey ADMIN = key();
    /** A predictor's of two requests per second. */
    static final ApiKey LIMITED = key();

    static final ApiKey EXPIRED = key();
    static final ApiKey UNKNOWN = key();

    static final Path FILE = Path.of("target", "access-" + System.nanoTime() + ".json");

    private static final GrantedKey ADMINS = GrantedKey.unlimited("admin", ADMIN, Role.ADMIN);
    private static final List<GrantedKey> GRANTED = List.of(
            GrantedKey.unlimited("viewer", VIEWER, Role.VIEWER),
            new GrantedKey(
                    "predictor",
                    PREDICTOR.sha256(),
                    Set.of(Role.PREDICTOR),
                    ModelPatterns.of(List.of("fashion*")),
                    OptionalInt.empty(),
                    Optional.empty()),
            GrantedKey.unlimited("operator", OPERATOR, Role.OPERATOR),
            ADMINS,
            new GrantedKey(
                    "limited",
                    LIMITED.sha256(),
                    Set.of(Role.PREDICTOR),
                    ModelPatterns.ALL,
                    OptionalInt.of(2),
                    Optional.empty()),
            new GrantedKey(
                    "expired",
                    EXPIRED.sha256(),
                    Set.of(Role.ADMIN),
                    ModelPatterns.ALL,
                    OptionalInt.empty(),
                    Optional.of(Instant.parse("2026-01-01T00:00:00Z"))));

    @Override
    public Map<String, String> getConfigOverrides() {
        grant(GRANTED);
        Map<String, String> overrides = new HashMap<>(new ServiceProfile().getConfigOverrides());
        overrides.put("catwalk.access.enabled", "true");
        overrides.put("catwalk.access.keys-file", FILE.toString());
        overrides.put("catwalk.access.keys-refresh", "100ms");
        overrides.put("quarkus.log.category.\"io.catwalk\".level", "DEBUG");
        overrides.put("quarkus.log.category.\"io.quarkus.vertx.http\".level", "DEBUG");
        overrides.put("quarkus.log.category.\"io.quarkus.oidc\".level", "DEBUG");
        overrides.put("quarkus.log.category.\"io.quarkus.security\".level", "DEBUG");
        return overrides;
    }

    /** What a request shows. */
    static String bearer(ApiKey key) {
        return "Bearer " + key.secret();
    }

    /** All keys. */
    static void grantAll() {
        grant(GRANTED);
    }

    /** That of the admin alone. */
    static void grantAdminAlone() {
        grant(List.of(ADMINS));
    }

    static void write(String content) {
        try {
            Path part = Files.writeString(FILE.resolveSibling(FILE.getFileName() + ".part"), content);
            Files.move(part, FILE, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> secrets() {
        return Stream.of(VIEWER, PREDICTOR, OPERATOR, ADMIN, LIMITED, EXPIRED, UNKNOWN)
                .map(ApiKey::secret);
    }

    private static void grant(List<GrantedKey> keys) {
        write(KeyFile.of(keys));
    }

    private static ApiKey key() {
        return ApiKey.generate(new SecureRandom());
    }
}
