package io.catwalk.serving.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.tensorflow.serving.ModelServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.PredictionServiceGrpc;
import io.catwalk.serving.GrpcSocket;
import io.catwalk.serving.Gzip;
import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.protocol.admission.HttpConfig;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.Codec;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.StatusRuntimeException;
import io.grpc.internal.MessageDeframer;
import io.grpc.internal.ReadableBuffers;
import io.grpc.internal.StatsTraceContext;
import io.grpc.internal.StreamListener;
import io.grpc.internal.TransportTracer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of a call's DATA frames, as grpc-java's server hands them to {@link IncomingMessage}: messages with their prefix, compressed
 * or not, in parts of any size.
 */
class GrpcFramesFuzzTest {
    private static final int MAX_BYTES = 100_000;
    private static final Admission ADMISSION =
            new Admission(new Limits(), new InferenceMetrics(new SimpleMeterRegistry(), Duration.ofSeconds(1)));
    private static final List<MessageParser<? extends Message>> PARSERS = List.of(
            MessageParser.of(GRPCInferenceServiceGrpc.getModelInferMethod()),
            MessageParser.of(PredictionServiceGrpc.getPredictMethod()),
            MessageParser.of(PredictionServiceGrpc.getClassifyMethod()),
            MessageParser.of(ModelServiceGrpc.getGetModelStatusMethod()));
    /** What is inflated grows by doubling, then costs at most as much once more, and as much again as garbage. */
    private static final ParserProperty PROPERTY = ParserProperty.refusesWith(RefusedException.class)
            .orWith(StatusRuntimeException.class)
            .allocates(8 * MAX_BYTES + (1 << 18), 1_000);

    /** The method, whether the call says that it is compressed, and the parts' size less one; then the frames. */
    static Stream<byte[]> seeds() {
        byte[] message = ModelInferRequest.newBuilder()
                .setModelName("fashion")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("images")
                        .setDatatype("FP32")
                        .addShape(1)
                        .addShape(16))
                .addRawInputContents(ByteString.copyFrom(new byte[64]))
                .build()
                .toByteArray();
        return Stream.of(
                seed(0, 0, 0, GrpcSocket.framed(0, message)),
                seed(0, 1, 255, GrpcSocket.framed(1, Gzip.of(message))),
                seed(0, 1, 15, GrpcSocket.framed(1, Gzip.of(new byte[2 * MAX_BYTES]))),
                seed(1, 0, 255, GrpcSocket.framed(1, Gzip.of(message))),
                seed(2, 0, 6, GrpcSocket.framed(0, new byte[0])),
                seed(
                        3,
                        0,
                        6,
                        GrpcSocket.framed(0, message),
                        GrpcSocket.framed(0, message),
                        GrpcSocket.framed(0, message)),
                seed(0, 0, 255, ByteBuffer.allocate(6).put(1, (byte) 0x7f).array()));
    }

    private static byte[] seed(int method, int compressed, int part, byte[]... frames) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.writeBytes(new byte[] {(byte) method, (byte) compressed, (byte) part});
        List.of(frames).forEach(seed::writeBytes);
        return seed.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] input) {
        if (input.length < 3) {
            return;
        }
        MessageParser<?> parser = PARSERS.get(Math.floorMod(input[0], PARSERS.size()));
        boolean compressed = input[1] % 2 != 0;
        int part = 1 + Byte.toUnsignedInt(input[2]);
        byte[] frames = Arrays.copyOfRange(input, 3, input.length);
        PROPERTY.check(frames.length, () -> receive(frames, part, compressed, parser));
        assertThat(ADMISSION.budget().held()).isZero();
    }

    private static Optional<Message> receive(byte[] frames, int part, boolean compressed, MessageParser<?> parser) {
        IncomingMessage incoming = new IncomingMessage(ADMISSION, MAX_BYTES);
        Received received = new Received();
        incoming.whenRefused(received::fail);
        try (MessageDeframer deframer = deframer(received, incoming, compressed)) {
            deframer.request(2);
            for (int at = 0; at < frames.length && !deframer.isClosed(); at += part) {
                deframer.deframe(ReadableBuffers.wrap(frames, at, Math.min(part, frames.length - at)));
                received.requireNoFailure();
            }
            deframer.closeWhenComplete();
            received.requireNoFailure();
            Optional<byte[]> content = received.messages.stream().findFirst().map(incoming::read);
            content.ifPresent(bytes -> incoming.charge(parser.cost(bytes)));
            return content.map(parser::parse);
        } finally {
            incoming.hold().leave();
        }
    }

    private static MessageDeframer deframer(Received received, IncomingMessage incoming, boolean compressed) {
        ServerStreamTracer.Factory tracers = new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata metadata) {
                return incoming;
            }
        };
        return new MessageDeframer(
                received,
                compressed ? new DeferredGzip() : Codec.Identity.NONE,
                MAX_BYTES,
                StatsTraceContext.newServerContext(List.of(tracers), "method", new Metadata()),
                TransportTracer.getDefaultFactory().create());
    }

    private static final class Received implements MessageDeframer.Listener {
        private final List<InputStream> messages = new ArrayList<>();
        private Optional<RuntimeException> failure = Optional.empty();

        @Override
        public void bytesRead(int count) {}

        @Override
        public void messagesAvailable(StreamListener.MessageProducer producer) {
            for (InputStream next = producer.next(); next != null; next = producer.next()) {
                messages.add(next);
            }
        }

        @Override
        public void deframerClosed(boolean partialMessage) {}

        @Override
        public void deframeFailed(Throwable cause) {
            fail((RuntimeException) cause);
        }

        void fail(RuntimeException why) {
            failure = failure.or(() -> Optional.of(why));
        }

        void requireNoFailure() {
            failure.ifPresent(why -> {
                throw why;
            });
        }
    }

    private record Limits() implements HttpConfig {
        @Override
        public int maxBodyBytes() {
            return MAX_BYTES;
        }

        @Override
        public OptionalLong maxBytesInFlight() {
            return OptionalLong.of(10 * MAX_BYTES);
        }

        @Override
        public Duration bodyTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int maxConcurrentRequests() {
            return 1;
        }
    }
}
