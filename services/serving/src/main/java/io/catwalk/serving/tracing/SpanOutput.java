package io.catwalk.serving.tracing;

import java.net.URI;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;

/** Sends spans to a collector, in batches and on a thread of its own; what it can't send is dropped. */
final class SpanOutput implements AutoCloseable {
    private static final String TRACES = "/v1/traces";

    private final SdkTracerProvider provider;

    /**
     * @param endpoint of the collector, without the path of traces
     * @param replica this process
     * @throws IllegalArgumentException for a share below 0 or above 1
     */
    SpanOutput(URI endpoint, TracingConfig config, String replica) {
        if (!(config.share() >= 0 && config.share() <= 1)) {
            throw new IllegalArgumentException("catwalk.tracing.share is " + config.share() + ", must be 0 to 1");
        }
        OtlpHttpSpanExporter exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(traces(endpoint)).build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "catwalk-serving",
                                AttributeKey.stringKey("service.instance.id"),
                                replica))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.share())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(config.interval())
                        .build())
                .build();
    }

    private static String traces(URI endpoint) {
        String base = endpoint.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + TRACES;
    }

    Tracer tracer() {
        return provider.get("io.catwalk.serving");
    }

    /** Sends what waits. */
    @Override
    public void close() {
        provider.close();
    }
}
