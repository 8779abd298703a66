package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.registry.ModelVersion;

/** One prediction request and the model that it has met, on one thread at a time. */
public final class Call {
    private final LoadedModel model;
    private final Arrival<?> arrival;
    private final Deadline deadline;
    private final int maxImages;
    private final InferenceMetrics metrics;
    private final AtomicBoolean expired = new AtomicBoolean();
    private boolean mayWait;
    private Optional<Submitted> submitted = Optional.empty();
    private Optional<Prediction> prediction = Optional.empty();

    Call(LoadedModel model, Arrival<?> arrival, QueueConfig limits, InferenceMetrics metrics) {
        this.model = model;
        this.arrival = arrival;
        this.deadline = Deadline.of(arrival, limits.deadline());
        this.maxImages = limits.maxImagesPerRequest();
        this.metrics = metrics;
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
     * Says that what follows takes more than a moment. On an event loop the request is then read again from its start, by a
     * thread of its own.
     */
    public void takesLong() {
        if (!mayWait) {
            throw new TakesLongException();
        }
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

    Served served() {
        return model.served();
    }

    /** Whether its model is in memory, and answers one image in a moment. */
    boolean isQuick() {
        return model.isQuick();
    }

    /** @throws RefusedException with {@code OVERLOADED} while the model's queue is full */
    void requireRoom() {
        model.queue().requireRoom();
    }

    /** Whether its model is in memory. */
    boolean isLoaded() {
        return model.isLoaded();
    }

    /** This call, from now on a thread that may wait. */
    Call waiting() {
        mayWait = true;
        return this;
    }

    /** Time until its deadline. */
    Duration remaining() {
        return Duration.ofNanos(deadline.remainingNanos());
    }

    /**
     * Puts images into the model's queue.
     *
     * @param here whether a single image may be classified on this thread
     * @throws RefusedException with {@code OVERLOADED} when the queue is full
     */
    void submit(ImageBatch images, boolean here) {
        long prepared = System.nanoTime() - arrival.nanos();
        metrics.phase(model.served(), Phase.PREPROCESS, Duration.ofNanos(prepared));
        submitted = Optional.of(
                new Submitted(images, prepared, model.submit(images.values(), images.count(), here, this::abandoned)));
    }

    /** The model's answer to the submitted images; empty before they are. */
    Optional<CompletionStage<?>> outcome() {
        return submitted.map(Submitted::outcome);
    }

    /** Whether the model's answer is there. */
    boolean isAnswered() {
        return submitted.filter(sent -> sent.outcome().isDone()).isPresent();
    }

    /**
     * Waits for the model's answer to the submitted images.
     *
     * @return {@code count * classes} probabilities, image by image
     * @throws RefusedException with {@code DEADLINE} or {@code CANCELLED}
     */
    float[] probabilities() {
        Submitted sent = submitted.orElseThrow();
        ImageBatch images = sent.images();
        BatchOutcome outcome = await(sent.outcome());
        metrics.phase(model.served(), Phase.QUEUE, Duration.ofNanos(outcome.queuedNanos()));
        metrics.phase(model.served(), Phase.INFER, Duration.ofNanos(outcome.inferNanos()));
        Timing timing = new Timing(
                sent.preparedNanos(), outcome.queuedNanos(), outcome.inferNanos(), System.nanoTime() - arrival.nanos());
        Prediction made = new Prediction(images.values(), images.count(), outcome.probabilities(), timing);
        metrics.predictions(model.served(), made.countByClass());
        prediction = Optional.of(made);
        return outcome.probabilities();
    }

    /** The model's answer; empty before it came. */
    Optional<Prediction> prediction() {
        return prediction;
    }

    /** The request's answer, which has been written. */
    <A> Answered<A> answered(A answer) {
        long inference = prediction.orElseThrow().timing().answered();
        metrics.phase(
                model.served(), Phase.POSTPROCESS, Duration.ofNanos(System.nanoTime() - arrival.nanos() - inference));
        return Answered.by(model, answer);
    }

    /** Releases the model. */
    void release() {
        model.release();
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

    /** Images that the model has been given. */
    private record Submitted(ImageBatch images, long preparedNanos, CompletableFuture<BatchOutcome> outcome) {}

    /** Not an error: the request goes on elsewhere. */
    @SuppressWarnings("serial")
    static final class TakesLongException extends RuntimeException {
        private TakesLongException() {
            super("takes long", null, false, false);
        }
    }
}
