package io.catwalk.evaluation.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** {@code catwalk_evaluation_accuracy{model,split}}: this process's latest result for each model, 0 to 1. */
public final class EvaluationMetrics {
    private final MeterRegistry registry;
    private final Map<String, AtomicReference<Double>> values = new ConcurrentHashMap<>();

    public EvaluationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void scored(Evaluation evaluation, Findings findings) {
        String model = evaluation.model().value();
        set(model, "validation", findings.validation().accuracy());
        set(model, "test", findings.test().accuracy());
    }

    private void set(String model, String split, double accuracy) {
        values.computeIfAbsent(model + "/" + split, key -> gauge(model, split)).set(accuracy);
    }

    private AtomicReference<Double> gauge(String model, String split) {
        AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
        Gauge.builder("catwalk.evaluation.accuracy", value, AtomicReference::get)
                .tag("model", model)
                .tag("split", split)
                .register(registry);
        return value;
    }
}
