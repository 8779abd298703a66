package io.catwalk.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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
import io.catwalk.local.process.ProcessMemory;
import io.catwalk.local.process.ProcessTime;

/** A service in its own process, and its metrics. */
public final class MeasuredService implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceProcess service;

    /** @param root of the built project */
    public MeasuredService(String name, Path root, Path log, Map<String, String> environment) {
        service = ServiceProcess.start(
                name,
                root.resolve("services").resolve(name).resolve("target/quarkus-app/quarkus-run.jar"),
                log,
                environment);
    }

    public void awaitReady() {
        service.awaitReady();
    }

    public void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Pause.of(PAUSE);
        }
    }

    /** Waits until serving has so many models loaded. */
    public void awaitModels(int count) {
        await(() -> sum("catwalk_models_loaded") == count);
    }

    /** Whether a series is there. */
    public boolean shows(String series) {
        return new ServiceMetrics(service.management("/")).shows(series);
    }

    /** Calls to the store since its start. */
    public long storeCalls() {
        return (long) sum("catwalk_store_seconds_count");
    }

    /** The sum of all series whose names begin with a text. */
    public double sum(String series) {
        return new ServiceMetrics(service.management("/")).sum(series);
    }

    public URI at(String path) {
        return service.at(path);
    }

    /** The memory that it has in RAM, in MiB. */
    public double residentMebibytes() {
        return ProcessMemory.residentMebibytes(service.pid());
    }

    /** The processor's time that it has taken, in seconds. */
    public double cpuSeconds() {
        return ProcessTime.cpuSeconds(service.pid());
    }

    public HttpResponse<String> get(String path) {
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
    public long liveBytes() {
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
