package io.catwalk.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.catwalk.local.process.ProcessMemory;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Versions of both engines in turns under requests at a constant rate: none fails, each is answered by the version that it names,
 * and memory doesn't grow.
 */
class SwapsIT extends RunningServing {
    private static final int CALLERS = 4;
    private static final long PAUSE_MILLIS = 10;

    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicLong answered = new AtomicLong();

    @Tag("fault-21")
    @Test
    void neitherFailRequestsNorMixVersionsNorGrowMemory() throws Exception {
        swap(10, 6, 1.25);
    }

    @Tag("fault-21")
    @Tag("soak")
    @Test
    void aHundredGrowNoMemory() throws Exception {
        swap(100, 20, 1.05);
    }

    /**
     * @param settledAfter so many swaps the process has its full size
     * @param mostGrowth of its memory from then on, as a factor
     */
    private void swap(int swaps, int settledAfter, double mostGrowth) throws Exception {
        broker = startBroker();
        service.awaitReady();
        swapTo(1);
        double settled = Double.NaN;
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(() -> {
                    callUntilTheEnd();
                    return null;
                }));
            }
            try {
                for (int version = 2; version <= swaps; version++) {
                    long before = answered.get();
                    swapTo(version);
                    assertThat(answered.get()).as("requests during the swap").isGreaterThan(before);
                    if (version == settledAfter) {
                        settled = ProcessMemory.residentMebibytes(service.pid());
                    }
                }
            } finally {
                ending.set(true);
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        double last = ProcessMemory.residentMebibytes(service.pid());
        System.out.printf(
                "%d swaps, %d requests, memory %.0f MiB after %d and %.0f MiB after all%n",
                swaps, answered.get(), settled, settledAfter, last);
        assertThat(last).isLessThan(settled * mostGrowth);
    }

    private void swapTo(long version) {
        int shift = shift(version);
        Optional<Digest> onnx =
                version % 2 == 0 ? Optional.of(new Blobs(store()).put(TinyModel.onnx(shift))) : Optional.empty();
        promote(version, publish(version, shift, onnx), version);
        awaitVersion(version);
    }

    private void callUntilTheEnd() throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(service.at("/v1/models/fashion:predict"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(BODY))
                    .build();
            while (!ending.get()) {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                long version = Long.parseLong(
                        response.headers().firstValue("catwalk-version").orElseThrow());
                assertThat(response.headers().firstValue("catwalk-engine"))
                        .contains(version % 2 == 0 ? "onnx" : "tensorflow");
                assertThat(mostProbable(response.body()))
                        .as("answer of version " + version)
                        .isEqualTo((STRIP + shift(version)) % TinyModel.LABELS.size());
                answered.incrementAndGet();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static int mostProbable(String answer) throws IOException {
        JsonNode probabilities =
                new JsonMapper().readTree(answer).path("predictions").path(0);
        int best = 0;
        for (int label = 1; label < probabilities.size(); label++) {
            if (probabilities.get(label).asDouble() > probabilities.get(best).asDouble()) {
                best = label;
            }
        }
        return best;
    }

    /** Each version differs from the one before and that of the other engine. */
    private static int shift(long version) {
        return Math.toIntExact(version % TinyModel.LABELS.size());
    }
}
