package io.catwalk.evaluation.http;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.evaluation.FakeModels;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.ObjectStore;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The service without broker, bucket and TensorFlow. */
public class ServiceProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(Map.of(
                "quarkus.http.test-port", "0",
                "quarkus.management.test-port", "0",
                "catwalk.store.access-key", "test",
                "catwalk.store.secret-key", "test",
                "catwalk.access.enabled", "false",
                "catwalk.jobs.poll", "50ms"));
        for (String channel : List.of(
                "incoming.training-completed",
                "incoming.promotion-requested",
                "incoming.rollout-cancel-requested",
                "outgoing.events")) {
            overrides.put("mp.messaging." + channel + ".connector", "smallrye-in-memory");
        }
        return overrides;
    }

    /** Stands in for what the service makes by default. */
    @Singleton
    static final class StandIns {
        @Produces
        @Singleton
        ObjectStore store() {
            return new InMemoryObjectStore(InstantSource.system());
        }

        @Produces
        @Singleton
        FakeModels models() {
            return new FakeModels();
        }
    }
}
