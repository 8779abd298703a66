package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.observation.Prediction.Timing;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.queue.BatchOutcome;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.queue.InferenceMetrics.Phase;
import io.catwalk.serving.queue.QueueConfig;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.registry.ModelVersion;

/** One prediction request between its body and its answer, on one thread. */
public final class Call {
    private final LoadedModel model;
    private final Arrival arrival;
    private final byte[] body;
    private final QueueConfig limits;
    private final InferenceMetrics metrics;
    private final AtomicBoolean expired = new AtomicBoolean();
    private long answeredNanos;
    private Optional<Prediction> prediction = Optional.empty();

    Call(LoadedModel model, Arrival arrival, byte[] body, QueueConfig limits, InferenceMetrics metrics) {
        this.model = model;
        this.arrival = arrival;
        this.body = body;
        this.limits = limits;
        this.metrics = metrics;
        this.answeredNanos = arrival.nanos();
    }

    public ModelVersion version() {
        return model.version();
    }

    public Signature signature() {
        return model.engine().signature();
    }

    public byte[] body() {
        return body;
    }

    /** The most images of one request. */
    public int maxImages() {
        return limits.maxImagesPerRequest();
    }

    /**
     * Ends a long preparation that nobody waits for.
     *
     * @throws RefusedException with {@code DEADLINE} or {@code CANCELLED}
     */
    public void requireTime() {
        if (arrival.clientGone()) {
            throw new RefusedException(Refusal.CANCELLED, "nobody waits for the answer any more");
        }
        if (arrival.elapsedNanos() > limits.deadline().toNanos()) {
            throw late();
        }
    }

    /**
     * Waits for the model's answer.
     *
     * @return {@code count * classes} probabilities, image by image
     * @throws RefusedException with {@code OVERLOADED}, {@code DEADLINE} or {@code CANCELLED}
     */
    public float[] probabilities(ImageBatch images) {
        long prepared = arrival.elapsedNanos();
        metrics.phase(model.served(), Phase.PREPROCESS, Duration.ofNanos(prepared));
        BatchOutcome outcome = await(model.submit(images.values(), images.count(), this::abandoned));
        answeredNanos = System.nanoTime();
        metrics.phase(model.served(), Phase.QUEUE, Duration.ofNanos(outcome.queuedNanos()));
        metrics.phase(model.served(), Phase.INFER, Duration.ofNanos(outcome.inferNanos()));
        metrics.predictions(version(), countByClass(outcome.probabilities()));
        Timing timing =
                new Timing(prepared, outcome.queuedNanos(), outcome.inferNanos(), answeredNanos - arrival.nanos());
        prediction = Optional.of(new Prediction(images.values(), images.count(), outcome.probabilities(), timing));
        return outcome.probabilities();
    }

    /** The model's answer; empty before it came. */
    Optional<Prediction> prediction() {
        return prediction;
    }

    /** When the model's answer came. */
    long answeredNanos() {
        return answeredNanos;
    }

    private boolean abandoned() {
        return expired.get() || arrival.clientGone();
    }

    private BatchOutcome await(CompletableFuture<BatchOutcome> outcome) {
        try {
            long remaining = limits.deadline().toNanos() - arrival.elapsedNanos();
            return outcome.get(Math.max(remaining, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            expired.set(true);
            throw late();
        } catch (InterruptedException e) {
            expired.set(true);
            Thread.currentThread().interrupt();
            throw new RefusedException(Refusal.UNAVAILABLE, "the service is stopping");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException("the engine failed on " + version(), e.getCause());
        }
    }

    private RefusedException late() {
        return new RefusedException(
                Refusal.DEADLINE, "no answer within " + limits.deadline().toMillis() + " ms");
    }

    private int[] countByClass(float[] probabilities) {
        int classes = signature().classes();
        int[] counts = new int[classes];
        for (int first = 0; first < probabilities.length; first += classes) {
            int best = 0;
            for (int index = 1; index < classes; index++) {
                if (probabilities[first + index] > probabilities[first + best]) {
                    best = index;
                }
            }
            counts[best]++;
        }
        return counts;
    }
}
