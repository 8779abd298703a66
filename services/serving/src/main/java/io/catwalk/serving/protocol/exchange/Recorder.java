package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.RequestObservers;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.refusal.Refusal;

/** Tells metrics and observers of requests that have ended. */
record Recorder(InferenceMetrics metrics, RequestObservers observers) {
    /**
     * @param call absent if it met no model
     * @param refusal why it got no prediction; absent if it got one
     */
    void ended(String protocol, Arrival<?> arrival, Optional<Call> call, Optional<Refusal> refusal) {
        Optional<Served> served = call.map(Call::served);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - arrival.nanos());
        metrics.request(served, protocol, refusal, elapsed);
        call.ifPresent(met -> observers.answered(
                new AnsweredRequest(met.served(), protocol, arrival.headers(), met.prediction(), refusal, elapsed)));
    }
}
