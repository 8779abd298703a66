package io.catwalk.serving.protocol.http;

import java.time.Clock;
import java.util.Optional;

import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.serving.registry.RegistryFeed;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Stands in for the store and the broker. */
@Singleton
class TestBeans {
    @Produces
    @Singleton
    ObjectStore store(Clock clock) {
        return new InMemoryObjectStore(clock);
    }

    @Produces
    @Singleton
    RegistryFeed feed() {
        return new RegistryFeed() {
            @Override
            public boolean caughtUp() {
                return true;
            }

            @Override
            public Optional<String> trouble() {
                return Optional.empty();
            }
        };
    }
}
