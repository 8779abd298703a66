package io.catwalk.serving.protocol.grpc;

import java.time.Duration;
import java.util.Set;

import io.catwalk.access.Caller;
import io.catwalk.chassis.access.Callers;
import io.catwalk.chassis.access.RefusedCallerException;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.smallrye.mutiny.TimeoutException;
import jakarta.inject.Singleton;

/** Asks calls for their authorization, and ends those that are refused before their message is received. */
@Singleton
public final class CallAuthentication implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<String> OPEN = Set.of(HealthGrpc.SERVICE_NAME);
    /** Longer than the identity provider is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Callers callers;

    public CallAuthentication(Callers callers) {
        this.callers = callers;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (OPEN.contains(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        try {
            Caller caller = callers.identify(headers.get(AUTHORIZATION)).await().atMost(PATIENCE);
            return Contexts.interceptCall(GrpcCaller.with(caller), call, headers, next);
        } catch (RefusedCallerException e) {
            call.close(Statuses.of(e), Statuses.trailers(e));
            return new ServerCall.Listener<>() {};
        } catch (TimeoutException e) {
            call.close(
                    Status.UNAVAILABLE.withDescription("the identity provider isn't available; try again"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
