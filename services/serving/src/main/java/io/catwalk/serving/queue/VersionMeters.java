package io.catwalk.serving.queue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.catwalk.serving.refusal.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;

/** The meters of a loaded version, each looked up in the registry only at its first use. */
final class VersionMeters {
    private final Map<Outcome, Timer> requests = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<Counter> predictions;

    VersionMeters(int classes) {
        predictions = new AtomicReferenceArray<>(classes);
    }

    Timer requests(Outcome outcome, Function<Outcome, Timer> registered) {
        return requests.computeIfAbsent(outcome, registered);
    }

    Counter predictions(int index, IntFunction<Counter> registered) {
        Counter counter = predictions.get(index);
        if (counter == null) {
            counter = registered.apply(index);
            predictions.set(index, counter);
        }
        return counter;
    }

    /**
     * How a request ended.
     *
     * @param protocol its name
     * @param refusal absent for a prediction
     */
    record Outcome(String protocol, Optional<Refusal> refusal) {}
}
