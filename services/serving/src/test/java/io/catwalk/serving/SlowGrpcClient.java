package io.catwalk.serving;

import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;

/** A client over gRPC that doesn't keep to what a client does. */
enum SlowGrpcClient {
    SENDS_ONE_BYTE_AT_A_TIME {
        @Override
        void call(int port, ModelInferRequest request, RandomGenerator random) throws IOException {
            byte[] message = GrpcSocket.framed(request.toByteArray());
            try (GrpcSocket socket = new GrpcSocket(port, GRPCInferenceServiceGrpc.getModelInferMethod())) {
                for (int sent = 0; !socket.isOver(); sent++) {
                    if (sent == message.length) {
                        throw new AssertionError("the whole message was taken, byte by byte");
                    }
                    socket.data(new byte[] {message[sent]});
                    socket.flush();
                    SlowHttpClient.pause(5);
                }
            }
        }
    },
    SENDS_SINGLE_BYTES_AND_NOTHING {
        @Override
        void call(int port, ModelInferRequest request, RandomGenerator random) throws IOException {
            byte[] message = GrpcSocket.framed(request.toByteArray());
            try (GrpcSocket socket = new GrpcSocket(port, GRPCInferenceServiceGrpc.getModelInferMethod())) {
                for (int sent = 0; sent < message.length / 4; sent++) {
                    socket.data(new byte[] {message[sent]});
                    socket.data(new byte[0]);
                }
                socket.flush();
                SlowHttpClient.pause(random.nextInt(300));
            } catch (SocketException e) {
                // The server may have had enough of it.
            }
        }
    },
    NEVER_SENDS_ITS_MESSAGE {
        @Override
        void call(int port, ModelInferRequest request, RandomGenerator random) {
            try (Calling calling = new Calling(port, request)) {
                calling.stay(random.nextInt(300));
            }
        }
    },
    NEVER_ENDS_ITS_CALL {
        @Override
        void call(int port, ModelInferRequest request, RandomGenerator random) {
            try (Calling calling = new Calling(port, request)) {
                calling.call.sendMessage(request);
                calling.stay(random.nextInt(300));
            }
        }
    },
    NEVER_READS {
        @Override
        void call(int port, ModelInferRequest request, RandomGenerator random) {
            try (Calling calling = new Calling(port, request)) {
                calling.send();
                calling.stay(random.nextInt(300));
            }
        }
    },
    CANCELS_AT_ONCE {
        @Override
        void call(int port, ModelInferRequest request, RandomGenerator random) {
            try (Calling calling = new Calling(port, request)) {
                calling.send();
                calling.call.cancel("at once", null);
            }
        }
    },
    CANCELS_DURING_INFERENCE {
        @Override
        void call(int port, ModelInferRequest request, RandomGenerator random) {
            try (Calling calling = new Calling(port, request)) {
                calling.send();
                calling.stay(random.nextInt(5));
                calling.call.cancel("during inference", null);
            }
        }
    },
    CANCELS_AFTER_THE_ANSWER {
        @Override
        void call(int port, ModelInferRequest request, RandomGenerator random) throws Exception {
            try (Calling calling = new Calling(port, request)) {
                calling.send();
                calling.headers.get(10, TimeUnit.SECONDS);
                calling.call.cancel("after the answer", null);
            }
        }
    };

    /** Calls once on a connection of its own, which is cut off then. */
    abstract void call(int port, ModelInferRequest request, RandomGenerator random) throws Exception;

    /** A call that has started, and asks for nothing. */
    private static final class Calling extends ClientCall.Listener<ModelInferResponse> implements AutoCloseable {
        private final ManagedChannel channel;
        private final ClientCall<ModelInferRequest, ModelInferResponse> call;
        private final ModelInferRequest request;
        private final CompletableFuture<Metadata> headers = new CompletableFuture<>();

        Calling(int port, ModelInferRequest request) {
            this.request = request;
            this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .build();
            this.call = channel.newCall(GRPCInferenceServiceGrpc.getModelInferMethod(), CallOptions.DEFAULT);
            call.start(this, new Metadata());
        }

        /** Does nothing for some time. */
        private void stay(int millis) {
            SlowHttpClient.pause(millis);
        }

        /** Sends the whole request. */
        private void send() {
            call.sendMessage(request);
            call.halfClose();
        }

        @Override
        public void onHeaders(Metadata received) {
            headers.complete(received);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            headers.complete(trailers);
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }
}
