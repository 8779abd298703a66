package io.catwalk.serving.loading;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Unloads the engines of served versions that get no requests; see {@link OnDemandEngine}. */
final class IdleModels {
    private final ServedModels served;
    private final Optional<Duration> timeout;

    /**
     * @param timeout time without a request after which a version is unloaded; absent for never
     * @throws IllegalArgumentException when it isn't positive
     */
    IdleModels(ServedModels served, Optional<Duration> timeout, MeterRegistry meters) {
        if (timeout.filter(time -> !time.isPositive()).isPresent()) {
            throw new IllegalArgumentException(
                    "catwalk.loading.idle-timeout is " + timeout.get() + ", but must be positive");
        }
        this.served = served;
        this.timeout = timeout;
        Gauge.builder("catwalk.models.loaded", this, IdleModels::loaded)
                .description("Served versions whose engine is in memory")
                .register(meters);
    }

    void unload() {
        timeout.ifPresent(time -> all().forEach(model -> model.unloadIfIdle(time)));
    }

    private long loaded() {
        return all().filter(LoadedModel::isLoaded).count();
    }

    private Stream<LoadedModel> all() {
        return served.names().stream().flatMap(name -> served.loaded(name).values().stream());
    }
}
