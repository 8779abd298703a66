package io.catwalk.system;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Callers of serving while its process, its broker and its store come and go. */
final class Predictions implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** An answer, no model yet, refusals of a service that is busy or starts, and the deadline's end. */
    private static final Set<Integer> SOUND = Set.of(200, 404, 429, 503, 504);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    /** By model and version, the digest that answers named. */
    private final Map<String, String> digests = new ConcurrentHashMap<>();

    private final List<String> wrong = new ArrayList<>();
    private final Pipeline pipeline;
    private final Thread caller;

    Predictions(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.caller = Thread.ofVirtual().start(this::callUntilTheEnd);
    }

    private void callUntilTheEnd() {
        try {
            for (int call = 0; ; call++) {
                call(RandomRequests.MODELS.get(call % RandomRequests.MODELS.size()), call % 10);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(String model, int label) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(pipeline.serving("/v1/models/" + model + ":classify-image"))
                .timeout(PATIENCE)
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(BarPictures.png(label)))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            counts.merge(Integer.toString(answer.statusCode()), 1, Integer::sum);
            if (!SOUND.contains(answer.statusCode())) {
                note(model + ": " + answer.statusCode() + " " + answer.body());
            } else if (answer.statusCode() == 200) {
                check(model, answer);
            }
        } catch (IOException e) {
            counts.merge("no answer", 1, Integer::sum);
        }
    }

    private void check(String model, HttpResponse<String> answer) {
        String version =
                model + "/" + answer.headers().firstValue("catwalk-version").orElseThrow();
        String digest = answer.headers().firstValue("catwalk-digest").orElseThrow();
        String before = digests.putIfAbsent(version, digest);
        if (before != null && !before.equals(digest)) {
            note(version + " was " + before + " and is " + digest);
        }
    }

    private synchronized void note(String what) {
        wrong.add(what);
    }

    /** Each answer was good or an honest refusal, and named a version with that version's digest. */
    synchronized void requireSound() {
        assertThat(wrong).isEmpty();
        digests.forEach(
                (version, digest) -> when().get(pipeline.evaluation("/models/" + version.replace("/", "/versions/")))
                        .then()
                        .statusCode(200)
                        .body("digests.model", is(digest)));
    }

    /** How many calls came to what. */
    Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    @Override
    public void close() {
        caller.interrupt();
        client.shutdownNow();
    }
}
