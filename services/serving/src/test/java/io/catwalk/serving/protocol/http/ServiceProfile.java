package io.catwalk.serving.protocol.http;

import java.time.Duration;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The service without a broker and a store: a test fills the registry and the bucket itself. */
public final class ServiceProfile implements QuarkusTestProfile {
    static final Duration BODY_TIMEOUT = Duration.ofSeconds(4);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.test-port", "0",
                "catwalk.grpc.port", "0",
                "quarkus.arc.exclude-types", "io.catwalk.serving.registry.KafkaRegistryFeed",
                "quarkus.shutdown.delay", "0s",
                "catwalk.store.access-key", "unused",
                "catwalk.store.secret-key", "unused",
                "catwalk.http.body-timeout", BODY_TIMEOUT.toMillis() + "ms",
                "catwalk.http.max-bytes-in-flight", Integer.toString(32 << 20),
                "catwalk.queue.max-images-per-request", "100",
                "catwalk.loading.cache-folder", "target/cache-" + System.nanoTime());
    }
}
