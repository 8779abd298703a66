package io.catwalk.serving.protocol.http;

import java.time.Duration;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The service without a broker and a store: a test fills the registry and the bucket itself. */
public final class ServiceProfile implements QuarkusTestProfile {
    static final Duration BODY_TIMEOUT = Duration.ofSeconds(4);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.management.test-port", "0"),
                Map.entry("catwalk.grpc.port", "0"),
                Map.entry("catwalk.access.enabled", "false"),
                Map.entry("quarkus.arc.exclude-types", "io.catwalk.serving.registry.KafkaRegistryFeed"),
                Map.entry("quarkus.shutdown.delay", "0s"),
                Map.entry("catwalk.store.access-key", "unused"),
                Map.entry("catwalk.store.secret-key", "unused"),
                Map.entry("catwalk.http.body-timeout", BODY_TIMEOUT.toMillis() + "ms"),
                Map.entry("catwalk.http.max-bytes-in-flight", Integer.toString(32 << 20)),
                Map.entry("catwalk.queue.max-images-per-request", "100"),
                Map.entry("catwalk.loading.cache-folder", "target/cache-" + System.nanoTime()));
    }
}
