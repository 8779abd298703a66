package io.catwalk.serving.protocol.grpc;

import java.time.Duration;
import java.util.Set;

import io.catwalk.access.Caller;
import io.catwalk.chassis.access.AccessMetrics;
import io.catwalk.chassis.access.Callers;
import io.catwalk.chassis.access.RefusedCallerException;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.smallrye.mutiny.TimeoutException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Asks calls for their authorization, and ends those that are refused before their message is received. What methods refuse their callers
 * later is counted here too.
 */
@Singleton
public final class CallAuthentication implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<String> OPEN_SERVICES = Set.of(HealthGrpc.SERVICE_NAME);
    /** To who shows nothing, as {@code /v2/health/*}: a bad key is refused here too. */
    private static final Set<String> OPEN_METHODS = Set.of(
            GRPCInferenceServiceGrpc.getServerLiveMethod().getFullMethodName(),
            GRPCInferenceServiceGrpc.getServerReadyMethod().getFullMethodName());

    /** Longer than the identity provider is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Callers callers;
    private final AccessMetrics metrics;

    public CallAuthentication(Callers callers, AccessMetrics metrics) {
        this.callers = callers;
        this.metrics = metrics;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String authorization = headers.get(AUTHORIZATION);
        if (isOpen(call.getMethodDescriptor(), authorization)) {
            return next.startCall(call, headers);
        }
        try {
            Caller caller = callers.identify(authorization).await().atMost(PATIENCE);
            return Contexts.interceptCall(GrpcCaller.with(caller), new Counted<>(call), headers, next);
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

    private static boolean isOpen(MethodDescriptor<?, ?> method, @Nullable String authorization) {
        return OPEN_SERVICES.contains(method.getServiceName())
                || authorization == null && OPEN_METHODS.contains(method.getFullMethodName());
    }

    /** Counts what its method refuses the caller: a role that is missing, or a model. */
    private final class Counted<Q, A> extends SimpleForwardingServerCall<Q, A> {
        Counted(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (status.getCode() == Status.Code.PERMISSION_DENIED) {
                metrics.refused(RefusedCallerException.Reason.FORBIDDEN);
            }
            super.close(status, trailers);
        }
    }
}
