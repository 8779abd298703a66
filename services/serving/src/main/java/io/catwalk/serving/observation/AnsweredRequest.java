package io.catwalk.serving.observation;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.serving.queue.Served;
import io.catwalk.serving.refusal.Refusal;

/**
 * A request after its answer was made.
 *
 * @param served the version that it met
 * @param protocol its name in metrics
 * @param headers the caller's
 * @param prediction absent for a request that was refused or failed before the model answered
 * @param refusal why it got no prediction; absent for a prediction
 * @param elapsed from the arrival of its headers to its answer
 */
public record AnsweredRequest(
        Served served,
        String protocol,
        RequestHeaders headers,
        Optional<Prediction> prediction,
        Optional<Refusal> refusal,
        Duration elapsed) {}
