package io.catwalk.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.client.PipelineClient;
import io.catwalk.dataset.ImageSet;
import io.catwalk.local.LocalStack;
import io.catwalk.local.TaskFailedException;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.Pause;
import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preprocessing.Preprocessing;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;
import org.HdrHistogram.Histogram;

/** One image by HTTP (JSON, one connection kept) against only the session's run, in turns. */
final class ServingLatency {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(1);
    private static final int CALLS = 500;
    private static final int ROUNDS = 8;
    private static final long MAX_ARCHIVE = 1 << 26;

    private ServingLatency() {}

    /** Requires the promoted model {@code bench}. */
    static BenchmarkResult measure(LocalStack stack, ImageSet test) {
        float[] image = firstImage(test);
        Histogram raw = new Histogram(3);
        Histogram http = new Histogram(3);
        try (Classifier classifier = load(test);
                PipelineClient client =
                        new PipelineClient(stack.ingestion(), stack.training(), stack.evaluation(), stack.serving())) {
            awaitServed(new HttpReadiness(stack.serving().resolve("/v1/models/bench")));
            HttpRequest request = client.predictRequest("bench", instances(image));
            round(new Histogram(3), () -> client.send(request));
            round(new Histogram(3), () -> classifier.probabilities(image, 1));
            for (int round = 0; round < ROUNDS; round++) {
                round(raw, () -> classifier.probabilities(image, 1));
                round(http, () -> client.send(request));
            }
        }
        double overhead = millis(http, 50) - millis(raw, 50);
        return new BenchmarkResult(
                "Predicting one image, %d calls each in turns".formatted(ROUNDS * CALLS),
                List.of(
                        line("session run", raw),
                        line("HTTP, v1 predict", http),
                        "overhead           p50 %.2f ms".formatted(overhead)));
    }

    private static void awaitServed(HttpReadiness model) {
        Instant giveUp = Instant.now().plus(LONGEST_LOAD);
        while (!model.isReady()) {
            if (Instant.now().isAfter(giveUp)) {
                throw new TaskFailedException("the model isn't served after " + LONGEST_LOAD);
            }
            Pause.of(POLL);
        }
    }

    private static String line(String name, Histogram histogram) {
        return "%-18s p50 %.2f ms, p99 %.2f ms".formatted(name, millis(histogram, 50), millis(histogram, 99));
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }

    private static void round(Histogram histogram, Runnable call) {
        for (int i = 0; i < CALLS; i++) {
            long started = System.nanoTime();
            call.run();
            histogram.recordValue(System.nanoTime() - started);
        }
    }

    private static String instances(float[] image) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (int row = 0; row < 28; row++) {
            ArrayNode pixels = rows.addArray();
            for (int column = 0; column < 28; column++) {
                pixels.addArray().add(image[row * 28 + column]);
            }
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("instances").add(rows);
        return body.toString();
    }

    private static float[] firstImage(ImageSet test) {
        byte[] pixels = new byte[test.shape().bytes()];
        test.copyPixels(0, pixels, 0);
        float[] image = new float[pixels.length];
        Preprocessing.toUnit(pixels, 0, image, 0, pixels.length);
        return image;
    }

    /** The same network as the served one; its time doesn't depend on its weights. */
    private static Classifier load(ImageSet test) {
        var network =
                Presets.named("tutorial-cnn").orElseThrow().network(test.shape().as(ImageShape::new), 10);
        try (TrainingSession session = TrainingSession.open(network, Hyperparameters.tutorial(), 42)) {
            byte[] archive = SavedModelExport.archive(network, session.weights());
            Path folder = Files.createTempDirectory("bench-model").resolve("model");
            SavedModelArchive.unpack(new ByteArrayInputStream(archive), folder, MAX_ARCHIVE);
            return Classifier.load(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
