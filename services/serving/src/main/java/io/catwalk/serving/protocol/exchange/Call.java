package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.queue.BatchOutcome;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.queue.InferenceMetrics.Phase;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.registry.ModelVersion;

/** One prediction request between its body and its answer, on one thread. */
public final class Call {
    private final LoadedModel model;
    private final byte[] body;
    private final int maxImages;
    private final InferenceMetrics metrics;
    private final BooleanSupplier clientGone;
    private final long arrivalNanos;
    private final Duration deadline;
    private final AtomicBoolean expired = new AtomicBoolean();
    private long answeredNanos;

    Call(
            LoadedModel model,
            byte[] body,
            int maxImages,
            InferenceMetrics metrics,
            BooleanSupplier clientGone,
            long arrivalNanos,
            Duration deadline) {
        this.model = model;
        this.body = body;
        this.maxImages = maxImages;
        this.metrics = metrics;
        this.clientGone = clientGone;
        this.arrivalNanos = arrivalNanos;
        this.deadline = deadline;
        this.answeredNanos = arrivalNanos;
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

    /** Images that one request may hold. */
    public int maxImages() {
        return maxImages;
    }

    /**
     * Waits for the model's answer.
     *
     * @return {@code count * classes} probabilities, image by image
     * @throws RefusedException with {@code OVERLOADED}, {@code DEADLINE} or {@code CANCELLED}
     */
    public float[] probabilities(ImageBatch images) {
        metrics.phase(Phase.PREPROCESS, Duration.ofNanos(System.nanoTime() - arrivalNanos));
        BatchOutcome outcome = await(model.submit(images.values(), images.count(), this::abandoned));
        answeredNanos = System.nanoTime();
        metrics.phase(Phase.QUEUE, Duration.ofNanos(outcome.queuedNanos()));
        metrics.phase(Phase.INFER, Duration.ofNanos(outcome.inferNanos()));
        metrics.predictions(version(), countByClass(outcome.probabilities()));
        return outcome.probabilities();
    }

    /** When the model's answer came. */
    long answeredNanos() {
        return answeredNanos;
    }

    private boolean abandoned() {
        return expired.get() || clientGone.getAsBoolean();
    }

    private BatchOutcome await(CompletableFuture<BatchOutcome> outcome) {
        try {
            long remaining = deadline.toNanos() - (System.nanoTime() - arrivalNanos);
            return outcome.get(Math.max(remaining, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            expired.set(true);
            throw new RefusedException(Refusal.DEADLINE, "no answer within " + deadline.toMillis() + " ms");
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
