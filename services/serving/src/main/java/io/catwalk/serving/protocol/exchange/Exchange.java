package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.observation.RequestObservers;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.queue.InferenceMetrics.Phase;
import io.catwalk.serving.queue.QueueConfig;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.inject.Singleton;

/**
 * Handles a prediction request, whatever carries it: checks the queue before its content is read, holds the model, waits for
 * the prediction, and records metrics. A codec only reads the request and writes the answer.
 */
@Singleton
public final class Exchange {
    private final ServedModels models;
    private final InferenceMetrics metrics;
    private final QueueConfig queue;
    private final RequestObservers observers;

    public Exchange(ServedModels models, InferenceMetrics metrics, QueueConfig queue, RequestObservers observers) {
        this.models = models;
        this.metrics = metrics;
        this.queue = queue;
        this.observers = observers;
    }

    /**
     * Answers one request.
     *
     * @param protocol its name in metrics
     * @throws RefusedException for a request that gets no prediction
     */
    public <R, A> Answered<A> answer(String protocol, Arrival<R> arrival, Codec<R, A> codec) {
        Measured measured = new Measured();
        try (arrival) {
            arrival.begin();
            Answered<A> answered = serve(arrival, codec, measured);
            measured.refusal = Optional.empty();
            return answered;
        } catch (RefusedException e) {
            measured.refusal = Optional.of(e.refusal());
            throw e;
        } finally {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - arrival.nanos());
            metrics.request(measured.served, protocol, measured.refusal, elapsed);
            measured.served.ifPresent(served -> observers.answered(new AnsweredRequest(
                    served, protocol, arrival.headers(), measured.prediction(), measured.refusal, elapsed)));
        }
    }

    private <R, A> Answered<A> serve(Arrival<R> arrival, Codec<R, A> codec, Measured measured) {
        LoadedModel model = models.acquire(arrival.model(), arrival.headers());
        try {
            measured.served = Optional.of(model.served());
            model.queue().requireRoom();
            Call call = new Call(model, arrival, queue, metrics);
            measured.call = Optional.of(call);
            Decoded<A> decoded = codec.decode(arrival.content(), call);
            A answer = decoded.encoder().apply(call.probabilities(decoded.images()));
            metrics.phase(
                    model.served(), Phase.POSTPROCESS, Duration.ofNanos(System.nanoTime() - call.answeredNanos()));
            return Answered.by(model, answer);
        } finally {
            model.release();
        }
    }

    /** The outcome that metrics and observers get; a defect unless set. */
    private static final class Measured {
        private Optional<Served> served = Optional.empty();
        private Optional<Call> call = Optional.empty();
        private Optional<Refusal> refusal = Optional.of(Refusal.DEFECT);

        Optional<Prediction> prediction() {
            return call.flatMap(Call::prediction);
        }
    }
}
