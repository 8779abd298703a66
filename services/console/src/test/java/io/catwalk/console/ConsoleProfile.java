package io.catwalk.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.catwalk.access.ApiKey;
import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.Role;
import io.quarkus.test.junit.QuarkusTestProfile;

/** A stand-in for each service, no broker, and a key for each of three callers and a guest. */
public class ConsoleProfile implements QuarkusTestProfile {
    public static final ApiKey OPERATOR = ApiKey.generate(new SecureRandom());
    public static final ApiKey VIEWER = ApiKey.generate(new SecureRandom());
    public static final ApiKey PREDICTOR = ApiKey.generate(new SecureRandom());
    /** A viewer's that is good until {@link #revokeGuest}. */
    public static final ApiKey GUEST = ApiKey.generate(new SecureRandom());

    public static final StandIn INGESTION = new StandIn();
    public static final StandIn TRAINING = new StandIn();
    public static final StandIn EVALUATION = new StandIn();
    public static final StandIn SERVING = new StandIn();

    private static final Path KEYS = Path.of("target", "keys-" + System.nanoTime() + ".json");
    private static final List<GrantedKey> STAFF = List.of(
            GrantedKey.unlimited("olga", OPERATOR, Role.OPERATOR),
            GrantedKey.unlimited("vera", VIEWER, Role.VIEWER),
            GrantedKey.unlimited("paul", PREDICTOR, Role.PREDICTOR));

    @Override
    public Map<String, String> getConfigOverrides() {
        grant(Stream.concat(STAFF.stream(), Stream.of(GrantedKey.unlimited("gus", GUEST, Role.VIEWER)))
                .toList());
        Map<String, String> settings = new HashMap<>();
        settings.put("catwalk.console.ingestion", INGESTION.address());
        settings.put("catwalk.console.training", TRAINING.address() + "/");
        settings.put("catwalk.console.evaluation", EVALUATION.address());
        settings.put("catwalk.console.serving", SERVING.address());
        settings.put("catwalk.console.hosts", "console.example.org");
        settings.put("catwalk.console.timeout", "1s");
        settings.put("catwalk.access.enabled", "true");
        settings.put("catwalk.access.keys-file", KEYS.toString());
        settings.put("kafka.bootstrap.servers", "127.0.0.1:1");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        return settings;
    }

    /** Takes the guest's key from the file. */
    public static void revokeGuest() {
        grant(STAFF);
    }

    private static void grant(List<GrantedKey> keys) {
        try {
            Path part = Files.writeString(KEYS.resolveSibling(KEYS.getFileName() + ".part"), KeyFile.of(keys));
            Files.move(part, KEYS, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a browser that is signed in. */
    public static String cookie(ApiKey key) {
        return "catwalk-sign-in=" + key.secret();
    }

    /** Takes back what the stand-ins were told. */
    public static void forget() {
        List.of(INGESTION, TRAINING, EVALUATION, SERVING).forEach(StandIn::forget);
    }
}
