package io.catwalk.serving.protocol.grpc;

import java.io.InputStream;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;

import com.google.protobuf.Message;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.protocol.admission.HttpConfig;
import io.catwalk.serving.protocol.exchange.Codec;
import io.catwalk.serving.protocol.exchange.Exchange;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.ServiceDescriptor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** The exchange over gRPC. */
@Singleton
public final class GrpcExchange {
    private final Exchange exchange;
    private final Admission admission;
    private final HttpConfig limits;
    private final ScheduledThreadPoolExecutor timers;

    public GrpcExchange(Exchange exchange, Admission admission, HttpConfig limits) {
        this.exchange = exchange;
        this.admission = admission;
        this.limits = limits;
        this.timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("grpc-timers").factory());
        timers.setRemoveOnCancelPolicy(true);
    }

    /** A service with some of a generated service's methods. */
    public ServiceMethods methodsOf(ServiceDescriptor service) {
        return new ServiceMethods(service, this);
    }

    /** What charges messages as they arrive. */
    ServerStreamTracer.Factory tracers() {
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata metadata) {
                return new IncomingMessage(admission, limits.maxBodyBytes());
            }
        };
    }

    <Q extends Message, A> UnaryHandler<A> prediction(
            String protocol, MessageParser<Q> parser, Function<Q, ModelReference> model, Codec<Q, A> codec) {
        return new Prediction<>(exchange, admission, protocol, parser, model, codec);
    }

    <A> ServerCall.Listener<InputStream> start(
            ServerCall<InputStream, A> call, Metadata metadata, UnaryHandler<A> handler) {
        UnaryCall<A> unary = new UnaryCall<>(call, metadata, handler, admission, limits.bodyTimeout(), timers);
        unary.receive();
        return unary;
    }

    @PreDestroy
    void close() {
        timers.shutdownNow();
    }
}
