package io.catwalk.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.catwalk.local.dataset.FashionMnistFile;

/** Callers of a model: test pictures by both protocols, alone and several at once, and a mistake now and then. */
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
    private final String model;
    private final byte[] pixels;

    private Callers(URI serving, String model, byte[] pixels) {
        this.serving = serving;
        this.model = model;
        this.pixels = pixels;
    }

    /** @param dataset the folder with Fashion-MNIST's files */
    static Callers start(URI serving, String model, Path dataset) throws IOException {
        try (InputStream images = FashionMnistFile.TEST_IMAGES.open(dataset)) {
            images.skipNBytes(HEADER);
            Callers callers = new Callers(serving, model, images.readNBytes(PICTURES * SIDE * SIDE));
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

    private void call() {
        try {
            client.send(next(), BodyHandlers.discarding());
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
                .mapToObj(at -> Double.toString((pixels[picture + at] & 0xff) / 255.0))
                .collect(Collectors.joining(","));
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
    }
}
