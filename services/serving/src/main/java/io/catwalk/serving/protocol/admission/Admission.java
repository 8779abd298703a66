package io.catwalk.serving.protocol.admission;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.inject.Singleton;

/** The memory for bodies and the places for concurrent requests, which all protocols share. */
@Singleton
public class Admission {
    private static final String ANY_PROTOCOL = "-";

    private final HttpConfig config;
    private final Semaphore places;
    private final BodyBudget budget;
    private final InferenceMetrics metrics;

    public Admission(HttpConfig config, InferenceMetrics metrics) {
        this.config = config;
        this.places = new Semaphore(config.maxConcurrentRequests());
        this.budget =
                new BodyBudget(maxBytesInFlight(config, Runtime.getRuntime().maxMemory()));
        this.metrics = metrics;
        metrics.bodyBytes(budget::held);
        metrics.placesTaken(() -> config.maxConcurrentRequests() - places.availablePermits());
    }

    /**
     * The memory for bodies: as configured, or an eighth of the heap, as what is made of a body may be four times as large.
     *
     * @throws IllegalArgumentException when a body of the greatest size can't be inflated in it
     */
    static long maxBytesInFlight(HttpConfig config, long heapBytes) {
        long least = 3L * config.maxBodyBytes();
        long total = config.maxBytesInFlight().orElse(Math.max(heapBytes / 8, least));
        if (total < least) {
            throw new IllegalArgumentException("catwalk.http.max-bytes-in-flight is " + total
                    + ", but must be at least three times catwalk.http.max-body-bytes, " + least);
        }
        return total;
    }

    public BodyBudget budget() {
        return budget;
    }

    /**
     * A new request's hold.
     *
     * @param releaseMemory runs once, when its body is no longer needed
     */
    public Hold hold(Runnable releaseMemory) {
        return new Hold(places, releaseMemory);
    }

    /**
     * Takes a buffer for a body.
     *
     * @param announcedBytes the length that its sender announces, or {@link Long#MAX_VALUE}
     */
    public BodyBuffer buffer(long announcedBytes) {
        return new BodyBuffer(budget, config.maxBodyBytes(), announcedBytes);
    }

    /** Whether one place is taken, and no more. */
    public boolean hasOneRequest() {
        return config.maxConcurrentRequests() - places.availablePermits() == 1;
    }

    /** @throws RefusedException with {@code OVERLOADED} when all places are taken */
    public void requirePlace() {
        if (places.availablePermits() == 0) {
            throw tooMany();
        }
    }

    /** The refusal of a request for which there is no place. */
    public static RefusedException tooMany() {
        return new RefusedException(Refusal.OVERLOADED, "too many requests are being worked on");
    }

    /** Records a request that was refused before its model was known. */
    public void refused(RefusedException why, long arrivedNanos) {
        metrics.request(
                Optional.empty(),
                ANY_PROTOCOL,
                Optional.of(why.refusal()),
                Duration.ofNanos(System.nanoTime() - arrivedNanos));
    }
}
