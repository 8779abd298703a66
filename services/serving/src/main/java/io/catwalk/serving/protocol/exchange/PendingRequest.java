package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.queue.QueueConfig;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;

/**
 * One prediction request between its arrival and its answer: it takes its model, reads its content, puts the images into the
 * queue, and writes the answer. Where it would have to wait it can stop, and go on from there on another thread.
 */
final class PendingRequest<R, A> {
    private final String protocol;
    private final Arrival<R> arrival;
    private final Codec<R, A> codec;
    private final ServedModels models;
    private final QueueConfig queue;
    private final Recorder recorder;

    private Optional<Call> call = Optional.empty();
    private Optional<Decoded<A>> decoded = Optional.empty();

    PendingRequest(
            String protocol,
            Arrival<R> arrival,
            Codec<R, A> codec,
            ServedModels models,
            QueueConfig queue,
            Recorder recorder) {
        this.protocol = protocol;
        this.arrival = arrival;
        this.codec = codec;
        this.models = models;
        this.queue = queue;
        this.recorder = recorder;
    }

    /**
     * Answers it on this thread, which waits.
     *
     * @throws RefusedException for a request that gets no prediction
     */
    Answered<A> answer() {
        return proceed(() -> Optional.of(steps())).orElseThrow();
    }

    /**
     * Answers it on this thread, an event loop, as far as that takes neither waiting nor long; throws as {@link #answer}.
     *
     * @param alone whether it may be classified on this thread
     * @return empty if it does; {@link #answer} then goes on
     */
    Optional<Answered<A>> answerAtOnce(boolean alone) {
        return proceed(() -> stepsAtOnce(alone));
    }

    /** The prediction that it waits for; empty if it waits for something else. */
    Optional<CompletionStage<?>> prediction() {
        return call.flatMap(Call::outcome);
    }

    /** Time until its deadline, once its work has begun. */
    Duration remaining() {
        return call.orElseThrow().remaining();
    }

    private Optional<Answered<A>> proceed(Supplier<Optional<Answered<A>>> steps) {
        Optional<Refusal> refusal = Optional.of(Refusal.DEFECT);
        boolean ended = true;
        try {
            Optional<Answered<A>> answered = steps.get();
            ended = answered.isPresent();
            refusal = Optional.empty();
            return answered;
        } catch (RefusedException e) {
            refusal = Optional.of(e.refusal());
            throw e;
        } catch (Call.TakesLongException e) {
            ended = false;
            return Optional.empty();
        } finally {
            if (ended) {
                end(refusal);
            }
        }
    }

    private Answered<A> steps() {
        Call running = call();
        if (decoded.isEmpty()) {
            submit(running.waiting(), true);
        }
        return written(running);
    }

    private Optional<Answered<A>> stepsAtOnce(boolean alone) {
        Call running = call();
        if (!running.isLoaded()) {
            return Optional.empty();
        }
        submit(running, alone && running.isQuick());
        return running.isAnswered() ? Optional.of(written(running)) : Optional.empty();
    }

    private Call call() {
        if (call.isEmpty()) {
            arrival.begin();
            Call begun =
                    new Call(models.acquire(arrival.model(), arrival.headers()), arrival, queue, recorder.metrics());
            call = Optional.of(begun);
            begun.requireRoom();
        }
        return call.get();
    }

    private void submit(Call running, boolean here) {
        Decoded<A> images = codec.decode(arrival.content(), running);
        running.submit(images.images(), here);
        decoded = Optional.of(images);
    }

    private Answered<A> written(Call running) {
        return running.answered(decoded.orElseThrow().encoder().apply(running.probabilities()));
    }

    private void end(Optional<Refusal> refusal) {
        try {
            call.ifPresent(Call::release);
            arrival.close();
        } finally {
            recorder.ended(protocol, arrival, call, refusal);
        }
    }
}
