package io.catwalk.benchmark.growth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import io.catwalk.local.ServiceProcess;
import io.catwalk.local.process.Pause;

/** A trainer in its own process, and its metrics. */
final class MeasuredTrainer implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceProcess service;

    MeasuredTrainer(Path root, Path log, Map<String, String> environment) {
        service = ServiceProcess.start(
                "training", root.resolve("services/training/target/quarkus-app/quarkus-run.jar"), log, environment);
    }

    void awaitReady() {
        service.awaitReady();
    }

    void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Pause.of(PAUSE);
        }
    }

    /** Whether a series is there. */
    boolean shows(String series) {
        return get("/q/metrics").body().lines().anyMatch(line -> line.startsWith(series));
    }

    /** Calls to the store since its start. */
    long storeCalls() {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("catwalk_store_seconds_count"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    HttpResponse<String> get(String path) {
        try {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(service.at(path)).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** Bytes of live objects in its heap. */
    long liveBytes() {
        try {
            Process histogram = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                            Long.toString(service.pid()),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] total =
                    text.strip().lines().reduce("", (earlier, last) -> last).split("\\s+");
            return Long.parseLong(total[total.length - 1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
