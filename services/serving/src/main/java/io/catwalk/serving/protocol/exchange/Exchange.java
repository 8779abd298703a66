package io.catwalk.serving.protocol.exchange;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.observation.RequestObservers;
import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.queue.QueueConfig;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.inject.Singleton;

/**
 * Handles a prediction request, whatever carries it: checks the queue before its content is read, holds the model, waits for
 * the prediction, and records metrics. A codec only reads the request and writes the answer.
 */
@Singleton
public final class Exchange {
    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("predict-", 0).factory();

    private final ServedModels models;
    private final Admission admission;
    private final QueueConfig queue;
    private final Recorder recorder;

    public Exchange(
            ServedModels models,
            Admission admission,
            QueueConfig queue,
            InferenceMetrics metrics,
            RequestObservers observers) {
        this.models = models;
        this.admission = admission;
        this.queue = queue;
        this.recorder = new Recorder(metrics, observers);
    }

    /**
     * Answers one request on this thread, which waits.
     *
     * @param protocol its name in metrics
     * @throws RefusedException for a request that gets no prediction
     */
    public <R, A> Answered<A> answer(String protocol, Arrival<R> arrival, Codec<R, A> codec) {
        return pending(protocol, arrival, codec).answer();
    }

    /**
     * Answers one request from an event loop: a short one on it, the others on a virtual thread each. A short one is classified
     * there too if it is the only one in the server and its model is quick.
     *
     * @param protocol its name in metrics
     * @param eventLoop of this thread
     * @return fails as {@link #answer}
     */
    public <R, A> CompletionStage<Answered<A>> answer(
            String protocol, Arrival<R> arrival, Codec<R, A> codec, EventLoop eventLoop) {
        PendingRequest<R, A> pending = pending(protocol, arrival, codec);
        CompletableFuture<Answered<A>> answer = new CompletableFuture<>();
        if (!arrival.isShort()) {
            answerElsewhere(pending, answer);
        } else if (admission.hasOneRequest()) {
            // Whether it is the only one is known once all that has arrived by now was read.
            eventLoop.execute(() -> answerHere(pending, answer, eventLoop));
        } else {
            answerHere(pending, answer, eventLoop);
        }
        return answer;
    }

    private <R, A> void answerHere(
            PendingRequest<R, A> pending, CompletableFuture<Answered<A>> answer, EventLoop eventLoop) {
        boolean alone = admission.hasOneRequest();
        complete(answer, () -> pending.answerAtOnce(alone));
        if (answer.isDone()) {
            return;
        }
        Optional<CompletionStage<?>> prediction = pending.prediction();
        if (prediction.isEmpty()) {
            answerElsewhere(pending, answer);
            return;
        }
        Runnable goOn = () -> complete(answer, () -> Optional.of(pending.answer()));
        Runnable cancel = eventLoop.schedule(pending.remaining(), goOn);
        prediction
                .get()
                .whenComplete((outcome, failure) -> eventLoop.execute(() -> {
                    cancel.run();
                    goOn.run();
                }));
    }

    private static <R, A> void answerElsewhere(PendingRequest<R, A> pending, CompletableFuture<Answered<A>> answer) {
        THREADS.newThread(() -> complete(answer, () -> Optional.of(pending.answer())))
                .start();
    }

    private <R, A> PendingRequest<R, A> pending(String protocol, Arrival<R> arrival, Codec<R, A> codec) {
        return new PendingRequest<>(protocol, arrival, codec, models, queue, recorder);
    }

    /** Does nothing if there is an answer or a failure already. */
    private static <A> void complete(CompletableFuture<Answered<A>> answer, Supplier<Optional<Answered<A>>> attempt) {
        if (answer.isDone()) {
            return;
        }
        try {
            attempt.get().ifPresent(answer::complete);
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }
}
