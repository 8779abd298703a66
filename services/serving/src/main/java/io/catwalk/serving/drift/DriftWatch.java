package io.catwalk.serving.drift;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.catwalk.drift.DriftChange;
import io.catwalk.drift.DriftSettings;
import io.catwalk.drift.ImageStatistics;
import io.catwalk.drift.ReferenceProfile;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A detector for each loaded version with a profile, which it gets with its first request. Not thread-safe. */
final class DriftWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    private final ProfileSource profiles;
    private final DriftSettings settings;
    private final Duration retry;
    private final Predicate<Served> loaded;
    private final MeterRegistry meters;
    private final Listener listener;
    private final InstantSource clock;
    private final Map<Served, Watched> watched = new HashMap<>();

    /**
     * @param retry between two tries to read a profile
     * @param loaded whether a version is still the one that is served
     */
    DriftWatch(
            ProfileSource profiles,
            DriftSettings settings,
            Duration retry,
            Predicate<Served> loaded,
            MeterRegistry meters,
            Listener listener,
            InstantSource clock) {
        this.profiles = profiles;
        this.settings = settings;
        this.retry = retry;
        this.loaded = loaded;
        this.meters = meters;
        this.listener = listener;
        this.clock = clock;
    }

    /** Where profiles come from. */
    @FunctionalInterface
    interface ProfileSource {
        /** Empty for one that can't be used. Throws the store's exceptions while it can't be asked. */
        Optional<ReferenceProfile> read(ModelVersion version, Digest digest);
    }

    /** Hears of each change. */
    @FunctionalInterface
    interface Listener {
        void changed(ModelVersion version, ReferenceProfile profile, DriftChange change);
    }

    void answered(Served served, Prediction prediction) {
        if (watched(served) instanceof Watched.ByDetector(WatchedVersion version)) {
            int values = prediction.images().length / prediction.count();
            for (int image = 0; image < prediction.count(); image++) {
                version.add(
                                ImageStatistics.of(prediction.images(), image * values, values),
                                prediction.predicted(image))
                        .ifPresent(change -> changed(version, change));
            }
        }
    }

    private void changed(WatchedVersion watchedVersion, DriftChange change) {
        ModelVersion version = watchedVersion.version();
        if (change.started()) {
            LOG.warn("{} gets other images than it was trained on: {}", version, change.figures());
        } else {
            LOG.info("{} gets images as it was trained on again: {}", version, change.figures());
        }
        listener.changed(version, watchedVersion.profile(), change);
    }

    private Watched watched(Served served) {
        Watched known = watched.get(served);
        if (known != null
                && !(known instanceof Watched.Waiting(Instant until)
                        && !clock.instant().isBefore(until))) {
            return known;
        }
        watched.keySet().removeIf(other -> !loaded.test(other));
        if (!loaded.test(served)) {
            return new Watched.ByNobody();
        }
        Watched opened = open(served);
        watched.put(served, opened);
        return opened;
    }

    private Watched open(Served served) {
        try {
            return served.version()
                    .profile()
                    .flatMap(digest -> profiles.read(served.version(), digest))
                    .<Watched>map(profile ->
                            new Watched.ByDetector(new WatchedVersion(served.version(), profile, settings, meters)))
                    .orElseGet(Watched.ByNobody::new);
        } catch (StoreUnavailableException | StoreRefusedException e) {
            LOG.warn("the profile of {} can't be read now: {}", served.version(), e.getMessage());
            return new Watched.Waiting(clock.instant().plus(retry));
        }
    }

    /** What watches a version. */
    private sealed interface Watched {
        record ByDetector(WatchedVersion version) implements Watched {}

        /** It has no profile that can be used. */
        record ByNobody() implements Watched {}

        /** The store can't be asked. */
        record Waiting(Instant until) implements Watched {}
    }
}
