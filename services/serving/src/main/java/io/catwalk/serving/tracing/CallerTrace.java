package io.catwalk.serving.tracing;

import java.util.List;
import java.util.Optional;

import io.catwalk.serving.observation.RequestHeaders;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/** The trace that a request belongs to, by its {@code traceparent} (https://www.w3.org/TR/trace-context/). */
public final class CallerTrace {
    private static final TextMapGetter<RequestHeaders> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(RequestHeaders headers) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable RequestHeaders headers, String name) {
            return headers == null ? null : headers.first(name).orElse(null);
        }
    };

    private CallerTrace() {}

    /** The trace's id, 32 hex digits; empty without a valid header. */
    public static Optional<String> id(RequestHeaders headers) {
        return Optional.of(Span.fromContext(context(headers)).getSpanContext())
                .filter(SpanContext::isValid)
                .map(SpanContext::getTraceId);
    }

    /** Holds the caller's span, if there is one. */
    static Context context(RequestHeaders headers) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
    }
}
