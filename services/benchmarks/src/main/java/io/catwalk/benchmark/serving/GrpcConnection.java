package io.catwalk.benchmark.serving;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;

/** A gRPC channel that calls one method with one message, both as bytes. */
final class GrpcConnection implements Connection {
    private final ManagedChannel channel;
    private final MethodDescriptor<byte[], byte[]> method;
    private final byte[] message;

    /** @param target with the method's full name as its path */
    GrpcConnection(URI target, byte[] message) {
        this.channel = NettyChannelBuilder.forAddress(target.getHost(), target.getPort())
                .usePlaintext()
                .directExecutor()
                .build();
        this.method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(target.getPath().substring(1))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        this.message = message.clone();
    }

    @Override
    public boolean call() {
        try {
            return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, message).length > 0;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
