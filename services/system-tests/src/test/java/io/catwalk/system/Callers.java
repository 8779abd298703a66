package io.catwalk.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import io.catwalk.local.LocalStack;
import io.catwalk.local.dataset.FashionMnistFile;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;

/** Callers of a model: test pictures by both protocols, over HTTP and gRPC, alone and several at once, and a mistake now and then. */
final class Callers implements AutoCloseable {
    private static final int PICTURES = 1000;
    private static final int SIDE = 28;
    private static final int HEADER = 16;
    private static final int MILLIS_BETWEEN = 40;

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random(1);
    private final URI serving;
    private final ManagedChannel channel;
    private final String model;
    private final byte[] pixels;
    private volatile boolean inverted;

    private Callers(LocalStack stack, String model, byte[] pixels) {
        this.serving = stack.serving();
        this.channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", stack.settings().ports().servingGrpc())
                .usePlaintext()
                .build();
        this.model = model;
        this.pixels = pixels;
    }

    static Callers start(LocalStack stack, String model) throws IOException {
        try (InputStream images =
                FashionMnistFile.TEST_IMAGES.open(stack.settings().dataset())) {
            images.skipNBytes(HEADER);
            Callers callers = new Callers(stack, model, images.readNBytes(PICTURES * SIDE * SIDE));
            for (int caller = 0; caller < 2; caller++) {
                callers.executor.scheduleWithFixedDelay(
                        callers::call, caller * 10L, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
            }
            return callers;
        }
    }

    /** Waits while they go on. */
    void goOnFor(int seconds) throws InterruptedException {
        executor.awaitTermination(seconds, TimeUnit.SECONDS);
    }

    /** Whether they send negatives of the pictures from now on. */
    void invert(boolean isInverted) {
        inverted = isInverted;
    }

    private void call() {
        try {
            if (random.nextInt(4) == 0) {
                GRPCInferenceServiceGrpc.newBlockingStub(channel).modelInfer(overGrpc(1 << random.nextInt(3)));
            } else {
                client.send(next(), BodyHandlers.discarding());
            }
        } catch (IOException e) {
            throw new AssertionError("serving doesn't answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest next() {
        int kind = random.nextInt(100);
        if (kind == 0) {
            return post("/v1/models/" + model + ":predict", "{\"instances\": [[1, 2], [3]]}");
        }
        if (kind == 1) {
            return post("/v1/models/no-such:predict", "{\"instances\": []}");
        }
        int images = kind < 70 ? 1 : 1 << random.nextInt(5);
        return kind % 3 == 0 ? v2(images) : v1(images);
    }

    private HttpRequest v1(int images) {
        String instances =
                IntStream.range(0, images).mapToObj(image -> nested()).collect(Collectors.joining(",", "[", "]"));
        return post("/v1/models/" + model + ":predict", "{\"instances\": " + instances + "}");
    }

    private HttpRequest v2(int images) {
        String data = IntStream.range(0, images)
                .mapToObj(image -> row(picture(), 0, SIDE * SIDE))
                .collect(Collectors.joining(","));
        return post("/v2/models/" + model + "/infer", """
                {"inputs": [{"name": "images", "shape": [%d, 28, 28, 1], "datatype": "FP32", "data": [%s]}]}""".formatted(images, data));
    }

    private ModelInferRequest overGrpc(int images) {
        ByteBuffer values =
                ByteBuffer.allocate(images * SIDE * SIDE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int image = 0; image < images; image++) {
            int picture = picture();
            IntStream.range(picture, picture + SIDE * SIDE).forEach(at -> values.putFloat((float) value(at)));
        }
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(InferInputTensor.newBuilder()
                        .setName("images")
                        .setDatatype("FP32")
                        .addAllShape(List.of((long) images, (long) SIDE, (long) SIDE, 1L)))
                .addRawInputContents(ByteString.copyFrom(values.flip()))
                .build();
    }

    private String nested() {
        int picture = picture();
        return IntStream.range(0, SIDE)
                .mapToObj(row -> "[[" + row(picture, row * SIDE, SIDE).replace(",", "],[") + "]]")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private int picture() {
        return random.nextInt(PICTURES) * SIDE * SIDE;
    }

    private String row(int picture, int from, int length) {
        return IntStream.range(from, from + length)
                .mapToObj(at -> Double.toString(value(picture + at)))
                .collect(Collectors.joining(","));
    }

    private double value(int at) {
        int pixel = pixels[at] & 0xff;
        return (inverted ? 255 - pixel : pixel) / 255.0;
    }

    private HttpRequest post(String path, String body) {
        return HttpRequest.newBuilder(serving.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        client.close();
        channel.shutdownNow();
    }
}
