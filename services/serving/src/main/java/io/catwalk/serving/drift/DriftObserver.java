package io.catwalk.serving.drift;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import io.catwalk.chassis.node.Node;
import io.catwalk.chassis.node.NodeConfig;
import io.catwalk.drift.DriftChange;
import io.catwalk.drift.DriftSettings;
import io.catwalk.drift.ReferenceProfile;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Blobs;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.HandOff;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.observation.RequestObserver;
import io.catwalk.serving.publishing.EventOutput;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** Compares predictions with their version's profile on a thread of its own, and publishes {@code drift-detected}. */
@Singleton
public class DriftObserver implements RequestObserver {
    private static final int MAX_REQUESTS = 1_024;
    /** Values of images that may wait, of 4 bytes each. */
    private static final int MAX_VALUES = 1 << 23;

    private final boolean enabled;
    private final DriftSettings settings;
    private final EventOutput output;
    private final NodeConfig replica;
    private final String source;
    private final Clock clock;
    private final Counter dropped;
    private final HandOff<Observed> waiting;

    public DriftObserver(
            DriftConfig config,
            Blobs blobs,
            ServedModels models,
            EventOutput output,
            NodeConfig replica,
            Node node,
            MeterRegistry meters,
            Clock clock) {
        this.enabled = config.enabled();
        this.settings = config.settings();
        this.output = output;
        this.replica = replica;
        this.source = node.eventSource();
        this.clock = clock;
        this.dropped = Counter.builder("catwalk.drift.dropped.requests")
                .description("Requests that no window has, as too many waited")
                .register(meters);
        DriftWatch watch = new DriftWatch(
                new Profiles(blobs),
                settings,
                config.retry(),
                served -> isLoaded(models, served),
                meters,
                this::publish,
                clock);
        this.waiting = new HandOff<>(
                "drift",
                MAX_REQUESTS,
                MAX_VALUES,
                observed -> watch.answered(observed.served(), observed.prediction()));
    }

    private static boolean isLoaded(ServedModels models, Served served) {
        ModelVersion version = served.version();
        return Optional.ofNullable(models.loaded(version.model().value()).get(version.version()))
                .filter(loaded -> loaded.served() == served)
                .isPresent();
    }

    @Override
    public void answered(AnsweredRequest request) {
        if (enabled && request.served().version().profile().isPresent()) {
            request.prediction().ifPresent(prediction -> handOff(request.served(), prediction));
        }
    }

    private void handOff(Served served, Prediction prediction) {
        if (!waiting.offer(new Observed(served, prediction), prediction.images().length)) {
            dropped.increment();
        }
    }

    private void publish(ModelVersion version, ReferenceProfile profile, DriftChange change) {
        output.send(new Event<>(
                UUID.randomUUID().toString(),
                source,
                EventType.DRIFT_DETECTED,
                clock.instant(),
                DriftEvent.of(version, profile, change, settings.window(), replica.name())));
    }

    @PreDestroy
    void close() {
        waiting.close();
    }

    private record Observed(Served served, Prediction prediction) {}
}
