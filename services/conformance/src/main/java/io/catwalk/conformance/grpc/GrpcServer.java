package io.catwalk.conformance.grpc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Shown;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;

/** A server over gRPC, without TLS. */
public final class GrpcServer implements AutoCloseable {
    private static final int LARGEST_MESSAGE = 64 << 20;

    private final ManagedChannel channel;
    private final Duration timeout;

    /**
     * @param address as {@code localhost:8085}
     * @param timeout of each call
     * @param headers the metadata of each call
     */
    public GrpcServer(String address, Duration timeout, Map<String, String> headers) {
        Metadata metadata = new Metadata();
        headers.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        this.channel = ManagedChannelBuilder.forTarget(address)
                .usePlaintext()
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .intercept(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .build();
        this.timeout = timeout;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** An answer, which must have the status OK. */
    <T> T call(Function<GRPCInferenceServiceBlockingStub, T> call) {
        try {
            return call.apply(stub());
        } catch (StatusRuntimeException e) {
            throw new DeviationException("expected OK, was " + shown(e));
        }
    }

    /** Whether a call of a part that servers may leave out has the status OK. */
    <T> T offered(Function<GRPCInferenceServiceBlockingStub, T> call) {
        try {
            return call.apply(stub());
        } catch (StatusRuntimeException e) {
            throw new NotOfferedException(shown(e));
        }
    }

    /** A call that must have the given status. Returns it and its message. */
    <T> String refused(Status.Code code, Function<GRPCInferenceServiceBlockingStub, T> call) {
        return refusedOr(code, call, answer -> false);
    }

    /** As {@link #refused}, or with an answer that says the same. */
    <T> String refusedOr(Status.Code code, Function<GRPCInferenceServiceBlockingStub, T> call, Predicate<T> same) {
        try {
            T answer = call.apply(stub());
            if (same.test(answer)) {
                return "OK " + Shown.of(answer.toString());
            }
            throw new DeviationException("expected %s, was OK %s".formatted(code, Shown.of(answer.toString())));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != code) {
                throw new DeviationException("expected %s, was %s".formatted(code, shown(e)));
            }
            return shown(e);
        }
    }

    private GRPCInferenceServiceBlockingStub stub() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String shown(StatusRuntimeException e) {
        return Shown.of(e.getStatus().getCode() + " " + e.getStatus().getDescription());
    }
}
