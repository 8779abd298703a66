package io.catwalk.chassis.topics;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * {@code catwalk_events_total{topic,outcome}}: events published, accepted, repeated and refused. A request that comes over HTTP is
 * published and accepted there, and repeated where its record is received, or the other way round if that comes first.
 */
@ApplicationScoped
public class EventMetrics {
    private final MeterRegistry registry;

    @Inject
    public EventMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void count(String topic, String outcome) {
        registry.counter("catwalk.events", "topic", topic, "outcome", outcome).increment();
    }
}
