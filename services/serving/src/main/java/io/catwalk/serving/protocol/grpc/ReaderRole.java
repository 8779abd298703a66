package io.catwalk.serving.protocol.grpc;

import io.catwalk.access.Role;
import io.catwalk.serving.access.ModelAccess;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Holds the callers of a service that isn't made of {@link ServiceMethods} to what a {@link Query} asks of its callers. */
final class ReaderRole implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            ModelAccess.requireRole(GrpcCaller.current(), Role.VIEWER, Role.PREDICTOR);
        } catch (RefusedException e) {
            call.close(Statuses.of(e), Statuses.trailers(e));
            return new ServerCall.Listener<>() {};
        }
        return next.startCall(call, headers);
    }
}
