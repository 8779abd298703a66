package io.catwalk.chassis.store;

import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreCredentials;
import io.catwalk.objectstore.StoreSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The bucket and its blobs, for injection. */
@Singleton
class StoreBeans {
    @Produces
    @Singleton
    @DefaultBean
    ObjectStore objectStore(StoreConfig config, StoreAnswers answers, MeterRegistry registry) {
        ObjectStore store = new MinioObjectStore(new StoreSettings(
                config.endpoint(),
                config.region(),
                config.bucket(),
                StoreCredentials.of(config.auth(), config.accessKey(), config.secretKey(), config.stsEndpoint()),
                config.timeout()));
        return new MeasuredObjectStore(store, new StoreMetrics(registry), answers, System::nanoTime);
    }

    @Produces
    @Singleton
    Blobs blobs(ObjectStore store) {
        return new Blobs(store);
    }
}
