package io.catwalk.serving.tracing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.catwalk.chassis.node.NodeConfig;
import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.Prediction.Timing;
import io.catwalk.serving.observation.RequestObserver;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.registry.ModelVersion;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/**
 * Makes a span of each request that met a loaded version, below its caller's, with one of each phase below it. They are made once
 * the answer is there, of the times that were taken anyway: without a collector a request costs nothing more.
 */
@Singleton
public class RequestTracer implements RequestObserver {
    private static final int SERVER_ERRORS = 500;

    private final Optional<SpanOutput> output;
    private final Optional<Tracer> tracer;
    private final Clock clock;

    public RequestTracer(TracingConfig config, NodeConfig replica, Clock clock) {
        this.output = config.endpoint().map(endpoint -> new SpanOutput(endpoint, config, replica.name()));
        this.tracer = output.map(SpanOutput::tracer);
        this.clock = clock;
    }

    @Override
    public void answered(AnsweredRequest request) {
        tracer.ifPresent(spans -> trace(spans, request));
    }

    private void trace(Tracer spans, AnsweredRequest request) {
        long end = nanos(clock.instant());
        long start = end - request.elapsed().toNanos();
        ModelVersion version = request.served().version();
        Span span = spans.spanBuilder("predict " + version.model())
                .setParent(CallerTrace.context(request.headers()))
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .setAttribute("catwalk.model", version.model().value())
                .setAttribute("catwalk.version", version.version())
                .setAttribute("catwalk.engine", request.served().engine())
                .setAttribute("catwalk.protocol", request.protocol())
                .startSpan();
        request.refusal().ifPresent(refusal -> refused(span, refusal));
        request.prediction().ifPresent(prediction -> {
            span.setAttribute("catwalk.images", prediction.count());
            phases(spans, Context.root().with(span), start, end, prediction.timing());
        });
        span.end(end, TimeUnit.NANOSECONDS);
    }

    /** As OpenTelemetry's conventions have it for servers: what the client did wrong is no error of the server's. */
    private static void refused(Span span, Refusal refusal) {
        span.setAttribute("error.type", refusal.name().toLowerCase(Locale.ROOT));
        if (refusal.status() >= SERVER_ERRORS) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static void phases(Tracer spans, Context parent, long start, long end, Timing timing) {
        long prepared = start + timing.prepared();
        long begun = prepared + timing.queued();
        phase(spans, parent, "preprocess", start, prepared);
        phase(spans, parent, "queue", prepared, begun);
        phase(spans, parent, "infer", begun, begun + timing.inferred());
        phase(spans, parent, "postprocess", start + timing.answered(), end);
    }

    private static void phase(Tracer spans, Context parent, String name, long start, long end) {
        spans.spanBuilder(name)
                .setParent(parent)
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .startSpan()
                .end(end, TimeUnit.NANOSECONDS);
    }

    private static long nanos(Instant instant) {
        return Duration.ofSeconds(instant.getEpochSecond(), instant.getNano()).toNanos();
    }

    @PreDestroy
    void close() {
        output.ifPresent(SpanOutput::close);
    }
}
