package io.catwalk.serving.payload;

import java.time.Clock;
import java.util.UUID;

import io.catwalk.chassis.node.Node;
import io.catwalk.chassis.node.NodeConfig;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.HandOff;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.observation.RequestObserver;
import io.catwalk.serving.publishing.EventOutput;
import io.catwalk.serving.v1.InferenceLogged;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** Publishes {@code inference-logged} for a share of the predictions; what is over a limit is dropped and counted. */
@Singleton
public class PayloadLog implements RequestObserver {
    private static final int MAX_REQUESTS = 256;
    /** Values of images that may wait, of 4 bytes each. */
    private static final int MAX_VALUES = 1 << 22;

    private static final int LEAST_BYTES = 1 << 10;
    /** A record of it and its headers is below Kafka's default of 1 MiB. */
    private static final int MOST_BYTES = 896 << 10;

    private final Sampling sampling;
    private final boolean images;
    private final int maxBytes;
    private final EventOutput output;
    private final String replica;
    private final String source;
    private final Clock clock;
    private final Counter tooLarge;
    private final Counter full;
    private final HandOff<Sampled> waiting;

    public PayloadLog(
            PayloadLogConfig config,
            EventOutput output,
            NodeConfig replica,
            Node node,
            MeterRegistry meters,
            Clock clock) {
        this.sampling = new Sampling(config.share());
        this.images = config.images();
        this.maxBytes = checked(config.maxBytes());
        this.output = output;
        this.replica = replica.name();
        this.source = node.eventSource();
        this.clock = clock;
        this.tooLarge = dropped(meters, "too-large");
        this.full = dropped(meters, "full");
        this.waiting = new HandOff<>("payload-log", MAX_REQUESTS, MAX_VALUES, this::publish);
    }

    private static int checked(int maxBytes) {
        if (maxBytes < LEAST_BYTES || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "catwalk.payload-log.max-bytes is " + maxBytes + ", must be " + LEAST_BYTES + " to " + MOST_BYTES);
        }
        return maxBytes;
    }

    private static Counter dropped(MeterRegistry meters, String reason) {
        return Counter.builder("catwalk.payload.log.dropped")
                .description("Sampled requests that weren't logged, as they were over a limit")
                .tag("reason", reason)
                .register(meters);
    }

    @Override
    public void answered(AnsweredRequest request) {
        if (sampling.takesAny()) {
            request.prediction()
                    .filter(prediction -> sampling.takes(request.headers()))
                    .ifPresent(prediction -> handOff(request, prediction));
        }
    }

    /** The headers are read here, as they belong to the request's thread. */
    private void handOff(AnsweredRequest request, Prediction prediction) {
        if (InferenceRecord.leastBytes(prediction, images) > maxBytes) {
            tooLarge.increment();
        } else if (!waiting.offer(
                new Sampled(request, prediction, Caller.of(request.headers())), prediction.images().length)) {
            full.increment();
        }
    }

    private void publish(Sampled sampled) {
        InferenceLogged logged =
                InferenceRecord.of(sampled.request(), sampled.prediction(), sampled.caller(), images, replica);
        if (logged.getSerializedSize() > maxBytes) {
            tooLarge.increment();
        } else if (!output.send(new Event<>(
                UUID.randomUUID().toString(), source, EventType.INFERENCE_LOGGED, clock.instant(), logged))) {
            full.increment();
        }
    }

    @PreDestroy
    void close() {
        waiting.close();
    }

    private record Sampled(AnsweredRequest request, Prediction prediction, Caller caller) {}
}
