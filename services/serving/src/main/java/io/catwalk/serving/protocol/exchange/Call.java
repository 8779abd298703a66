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

/** One prediction request between its arrival and its answer, on one thread. */
public final class Call {
    private final LoadedModel model;
    private final Arrival<?> arrival;
    private final Deadline deadline;
    private final int maxImages;
    private final InferenceMetrics metrics;
    private final AtomicBoolean expired = new AtomicBoolean();
    private long answeredNanos;
    private Optional<Prediction> prediction = Optional.empty();

    Call(LoadedModel model, Arrival<?> arrival, QueueConfig limits, InferenceMetrics metrics) {
        this.model = model;
        this.arrival = arrival;
        this.deadline = Deadline.of(arrival, limits.deadline());
        this.maxImages = limits.maxImagesPerRequest();
        this.metrics = metrics;
        this.answeredNanos = arrival.nanos();
    }

    public ModelVersion version() {
        return model.version();
    }

    public Signature signature() {
        return model.engine().signature();
    }

    /** The most images of one request. */
    public int maxImages() {
        return maxImages;
    }

    /**
     * Ends a long preparation that nobody waits for.
     *
     * @throws RefusedException with {@code DEADLINE} or {@code CANCELLED}
     */
    public void requireTime() {
        if (arrival.clientGone() && deadline.remainingNanos() > 0) {
            throw new RefusedException(Refusal.CANCELLED, "nobody waits for the answer any more");
        }
        if (deadline.remainingNanos() == 0) {
            throw deadline.missed();
        }
    }

    /**
     * Waits for the model's answer.
     *
     * @return {@code count * classes} probabilities, image by image
     * @throws RefusedException with {@code OVERLOADED}, {@code DEADLINE} or {@code CANCELLED}
     */
    float[] probabilities(ImageBatch images) {
        long prepared = System.nanoTime() - arrival.nanos();
        metrics.phase(model.served(), Phase.PREPROCESS, Duration.ofNanos(prepared));
        BatchOutcome outcome = await(model.submit(images.values(), images.count(), this::abandoned));
        answeredNanos = System.nanoTime();
        metrics.phase(model.served(), Phase.QUEUE, Duration.ofNanos(outcome.queuedNanos()));
        metrics.phase(model.served(), Phase.INFER, Duration.ofNanos(outcome.inferNanos()));
        Timing timing =
                new Timing(prepared, outcome.queuedNanos(), outcome.inferNanos(), answeredNanos - arrival.nanos());
        Prediction made = new Prediction(images.values(), images.count(), outcome.probabilities(), timing);
        metrics.predictions(version(), made.countByClass());
        prediction = Optional.of(made);
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
            return outcome.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            expired.set(true);
            throw deadline.missed();
        } catch (InterruptedException e) {
            expired.set(true);
            Thread.currentThread().interrupt();
            throw new RefusedException(Refusal.UNAVAILABLE, "the service is stopping");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused.refusal() == Refusal.CANCELLED && deadline.remainingNanos() == 0
                        ? deadline.missed()
                        : refused;
            }
            throw new IllegalStateException("the engine failed on " + version(), e.getCause());
        }
    }
}
