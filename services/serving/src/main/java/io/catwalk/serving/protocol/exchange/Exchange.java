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
import io.catwalk.serving.registry.ModelVersion;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/**
 * Handles a prediction request: checks the queue before the body is read, holds the model, and records metrics. A protocol
 * only reads the body and writes the response.
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
    public Response answer(String protocol, Arrival arrival, Protocol handler) {
        Measured measured = new Measured();
        try (IncomingRequest received = arrival.received()) {
            received.begin();
            Response response = serve(arrival, received, handler, measured);
            measured.refusal = Optional.empty();
            return response;
        } catch (RefusedException e) {
            measured.refusal = Optional.of(e.refusal());
            throw e;
        } finally {
            Duration elapsed = Duration.ofNanos(arrival.elapsedNanos());
            metrics.request(measured.served, protocol, measured.refusal, elapsed);
            measured.served.ifPresent(served -> observers.answered(new AnsweredRequest(
                    served, protocol, arrival.headers(), measured.prediction(), measured.refusal, elapsed)));
        }
    }

    private Response serve(Arrival arrival, IncomingRequest received, Protocol handler, Measured measured) {
        LoadedModel model = models.acquire(arrival.model(), arrival.headers());
        try {
            measured.served = Optional.of(model.served());
            model.queue().requireRoom();
            Call call = new Call(model, arrival, received.content(), queue, metrics);
            measured.call = Optional.of(call);
            Answer answer = handler.answer(call);
            metrics.phase(
                    model.served(), Phase.POSTPROCESS, Duration.ofNanos(System.nanoTime() - call.answeredNanos()));
            return response(answer, model);
        } finally {
            model.release();
        }
    }

    private static Response response(Answer answer, LoadedModel model) {
        ModelVersion version = model.version();
        Response.ResponseBuilder builder = Response.ok(answer.content(), answer.mediaType())
                .header("catwalk-model", version.model())
                .header("catwalk-version", version.version())
                .header("catwalk-digest", version.digest())
                .header("catwalk-engine", model.engine().kind().label());
        answer.headers().forEach(builder::header);
        return builder.build();
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
