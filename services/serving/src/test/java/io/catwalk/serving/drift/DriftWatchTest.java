package io.catwalk.serving.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.catwalk.drift.DriftSettings;
import io.catwalk.drift.ProfileBuilder;
import io.catwalk.drift.ReferenceProfile;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
    private static final int WINDOW = 100;
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Random random = new Random(3);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> changes = new ArrayList<>();
    private final List<Served> loaded = new ArrayList<>();
    private final ReferenceProfile profile = profile();
    private boolean available = true;
    private int reads;
    private Instant now = Instant.parse("2026-03-01T11:00:00Z");
    private final DriftWatch watch = new DriftWatch(
            (version, digest) -> read(),
            new DriftSettings(WINDOW, 0.2, 1e-6),
            RETRY,
            loaded::contains,
            meters,
            (version, known, change) -> changes.add(version + (change.started() ? " started" : " ended")),
            () -> now);

    @Test
    void eachVersionHasItsOwnWindow() {
        Served first = load(1);
        Served second = load(2);
        feed(first, WINDOW, 0);
        feed(second, WINDOW, 0.5f);

        assertThat(changes).containsExactly("fashion/2 started");
        assertThat(gauge("catwalk.drift.alarm", "1")).isZero();
        assertThat(gauge("catwalk.drift.alarm", "2")).isEqualTo(1);
        assertThat(gauge("catwalk.input.reference.mean", "1")).isEqualTo(profile.mean());
    }

    @Test
    void gaugesAreThereOnceTheWindowIsFull() {
        Served served = load(1);
        feed(served, WINDOW - 1, 0);
        assertThat(meters.find("catwalk.drift.index").gauges()).isEmpty();
        feed(served, 1, 0);
        assertThat(meters.find("catwalk.drift.index").gauges()).hasSize(3);
    }

    @Test
    void aProfileIsReadAgainLaterWhereTheStoreIsAway() {
        Served served = load(1);
        available = false;
        feed(served, WINDOW, 0.5f);
        assertThat(reads).isEqualTo(1);

        available = true;
        now = now.plus(RETRY).minusMillis(1);
        feed(served, WINDOW, 0.5f);
        assertThat(reads).isEqualTo(1);
        now = now.plusMillis(1);
        feed(served, WINDOW, 0.5f);
        assertThat(reads).isEqualTo(2);
        assertThat(changes).containsExactly("fashion/1 started");
    }

    @Test
    void aVersionThatIsLoadedAnewBeginsAnew() {
        Served before = load(1);
        feed(before, WINDOW, 0.5f);
        loaded.remove(before);
        Served after = load(1);
        feed(before, 1, 0.5f);
        feed(after, WINDOW, 0);

        assertThat(changes).containsExactly("fashion/1 started");
        assertThat(gauge("catwalk.drift.alarm", "1")).isZero();
        assertThat(meters.find("catwalk.drift.alarm").gauges()).hasSize(1);
        assertThat(reads).isEqualTo(2);
    }

    private Optional<ReferenceProfile> read() {
        reads++;
        if (!available) {
            throw new StoreUnavailableException("away", new IllegalStateException());
        }
        return Optional.of(profile);
    }

    private double gauge(String name, String version) {
        return meters.get(name).tag("version", version).gauge().value();
    }

    private Served load(long version) {
        Served served = Served.of(
                new ModelVersion(
                        new Name("fashion"),
                        version,
                        DIGEST,
                        Optional.empty(),
                        Optional.of(DIGEST),
                        new ImageShape(2, 2, 1),
                        List.of("bag", "boot"),
                        version),
                new FakeEngine(1));
        loaded.add(served);
        return served;
    }

    private void feed(Served served, int images, float lighter) {
        for (int image = 0; image < images; image++) {
            float[] answer = random.nextBoolean() ? new float[] {1, 0} : new float[] {0, 1};
            watch.answered(served, new Prediction(image(lighter), 1, answer, new Prediction.Timing(0, 0, 0, 0)));
        }
    }

    private ReferenceProfile profile() {
        ProfileBuilder builder = new ProfileBuilder(10_000, 2);
        for (int image = 0; image < 10_000; image++) {
            builder.add(image(0), image % 2);
        }
        return builder.build(new int[] {500, 500});
    }

    private float[] image(float lighter) {
        float[] image = new float[4];
        for (int index = 0; index < image.length; index++) {
            image[index] = random.nextFloat() + lighter;
        }
        return image;
    }
}
