package io.catwalk.ingestion;

import io.catwalk.objectstore.ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The bucket of a service under test. */
@Singleton
class InMemoryStore {
    private final WatchedStore store = new WatchedStore();

    @Produces
    @Singleton
    ObjectStore store() {
        return store;
    }

    WatchedStore watched() {
        return store;
    }
}
