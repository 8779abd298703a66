package io.catwalk.serving;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.catwalk.drift.ProfileBuilder;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.serving.v1.DriftDetected;
import io.catwalk.serving.v1.DriftState;
import io.catwalk.serving.v1.ImageEncoding;
import io.catwalk.serving.v1.InferenceLogged;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running service tells of its requests: drift, payloads, spans. */
class ObservationIT extends RunningServing {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final int CLASSES = 10;
    private static final int WINDOW = 200;
    private static final int REQUEST = 50;

    private final Random random = new Random(5);
    private TraceReceiver collector;

    @BeforeEach
    void startBrokerAndCollector() {
        service.close();
        broker = startBroker();
        collector = new TraceReceiver();
    }

    @AfterEach
    void stopCollector() {
        collector.close();
    }

    @Test
    void tellsOfDriftOnceWhenItStartsAndOnceWhenItEnds() {
        service = startService(
                        Map.of("CATWALK_DRIFT_WINDOW", Integer.toString(WINDOW), "CATWALK_NODE_NAME", "replica-7"))
                .awaitReady();
        Digest profile = new Blobs(store()).put(profile());
        promote(1, publish(1, 0, Optional.empty(), Optional.of(profile)), 1);
        awaitVersion(1);

        try (Consumed<DriftDetected> drift = new Consumed<>(broker.bootstrapServers(), EventType.DRIFT_DETECTED);
                Consumed<InferenceLogged> logged =
                        new Consumed<>(broker.bootstrapServers(), EventType.INFERENCE_LOGGED)) {
            classify(5 * WINDOW, false);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> metrics(
                            "catwalk_drift_alarm{model=\"fashion\",version=\"1\"} 0.0",
                            "catwalk_drift_index{model=\"fashion\",statistic=\"predicted-label\",version=\"1\"}",
                            "catwalk_input_mean{model=\"fashion\",version=\"1\"}",
                            "catwalk_prediction_confidence_percent_bucket{model=\"fashion\",version=\"1\",le=\"50.0\"}",
                            "catwalk_prediction_confidence_percent_count{model=\"fashion\",version=\"1\"} "
                                    + 5.0 * WINDOW));
            assertThat(drift.events()).isEmpty();

            classify(2 * WINDOW, true);
            await().atMost(TIMEOUT).until(() -> drift.events().size() == 1);
            DriftDetected started = drift.events().getFirst().payload();
            assertThat(drift.keys()).containsExactly("fashion/1");
            assertThat(started.getState()).isEqualTo(DriftState.DRIFT_STATE_STARTED);
            assertThat(started.getProfileDigest()).isEqualTo(profile.toString());
            assertThat(started.getWindowImages()).isEqualTo(WINDOW);
            assertThat(started.getReplica()).isEqualTo("replica-7");
            assertThat(started.getFiguresList())
                    .anyMatch(figure ->
                            figure.getStatistic().equals("pixel-mean") && figure.getIndex() >= figure.getThreshold());
            metrics("catwalk_drift_alarm{model=\"fashion\",version=\"1\"} 1.0");

            classify(2 * WINDOW, false);
            await().atMost(TIMEOUT).until(() -> drift.events().size() == 2);
            assertThat(drift.events().getLast().payload().getState()).isEqualTo(DriftState.DRIFT_STATE_ENDED);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> metrics("catwalk_drift_alarm{model=\"fashion\",version=\"1\"} 0.0"));

            assertThat(logged.events()).as("off by default").isEmpty();
            assertThat(collector.spans()).as("off by default").isEmpty();
        }
    }

    @Test
    void logsWhatItIsAskedAndWhatItAnswers() {
        service = startService(Map.of(
                        "CATWALK_DRIFT_WINDOW", "100",
                        "CATWALK_PAYLOAD_LOG_SHARE", "1",
                        "CATWALK_PAYLOAD_LOG_MAX_BYTES", "10000",
                        "CATWALK_TRACING_ENDPOINT", collector.address().toString(),
                        "CATWALK_TRACING_INTERVAL", "100ms",
                        "CATWALK_NODE_NAME", "replica-7"))
                .awaitReady();
        Digest digest = publish(1, 0);
        promote(1, digest, 1);
        awaitVersion(1);

        given().contentType(ContentType.JSON)
                .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                .header("X-Request-Id", "shop-17")
                .body(BODY)
                .post(service.at("/v1/models/fashion:predict"))
                .then()
                .statusCode(200);
        float[] exact = TinyModel.image(STRIP);
        exact[0] = 0.3f;
        given().contentType(ContentType.JSON)
                .body("{\"instances\":[" + Arrays.toString(exact) + "]}")
                .post(service.at("/v1/models/fashion:predict"))
                .then()
                .statusCode(200);
        classify(3 * REQUEST, true);
        given().contentType(ContentType.JSON)
                .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                .body("{\"instances\":[[1]]}")
                .post(service.at("/v1/models/fashion:predict"))
                .then()
                .statusCode(400);

        try (Consumed<InferenceLogged> logged = new Consumed<>(broker.bootstrapServers(), EventType.INFERENCE_LOGGED)) {
            await().atMost(TIMEOUT).until(() -> logged.events().size() == 2);
            List<InferenceLogged> payloads = logged.events().stream()
                    .map(Event::payload)
                    .sorted((one, other) -> other.getRequestId().compareTo(one.getRequestId()))
                    .toList();
            InferenceLogged first = payloads.getFirst();
            assertThat(logged.keys()).containsOnly("fashion/1");
            assertThat(first.getModelDigest()).isEqualTo(digest.toString());
            assertThat(first.getRequestId()).isEqualTo("shop-17");
            assertThat(first.getTraceId()).isEqualTo(TRACE);
            assertThat(first.getReplica()).isEqualTo("replica-7");
            assertThat(first.getEngine()).isEqualTo("tensorflow");
            assertThat(first.getImageShapeList()).containsExactly(28, 28, 1);
            assertThat(first.getImageCount()).isEqualTo(1);
            assertThat(first.getImageEncoding()).isEqualTo(ImageEncoding.IMAGE_ENCODING_UINT8);
            assertThat(first.getImages().size()).isEqualTo(784);
            assertThat(first.getImages().byteAt(STRIP * 78)).isEqualTo((byte) 255);
            assertThat(first.getProbabilitiesList()).hasSize(CLASSES);
            assertThat(first.getProbabilities(STRIP)).isGreaterThan(0.9f);
            assertThat(first.getElapsedSeconds()).isPositive();
            InferenceLogged second = payloads.getLast();
            assertThat(second.getImageEncoding()).isEqualTo(ImageEncoding.IMAGE_ENCODING_FLOAT32);
            assertThat(second.getImages().size()).isEqualTo(784 * Float.BYTES);
            assertThat(second.getTraceId()).isEmpty();
        }
        metrics("catwalk_payload_log_dropped_total{reason=\"too-large\"} 3.0");
        when().get(service.management("/q/metrics")).then().body(not(containsString("catwalk_drift_index")));
        spansStandBelowTheirCallers();
    }

    /** Of one request that was answered, four without a parent, and one that was refused. */
    private void spansStandBelowTheirCallers() {
        await().atMost(TIMEOUT).until(() -> collector.spans().size() == 5 * 5 + 1);
        assertThat(collector.resource())
                .containsEntry("service.name", "catwalk-serving")
                .containsEntry("service.instance.id", "replica-7");
        List<Span> own = collector.spans().stream()
                .filter(span -> HexFormat.of()
                        .formatHex(span.getTraceId().toByteArray())
                        .equals(TRACE))
                .toList();
        List<Span> servers = own.stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .toList();
        assertThat(servers).hasSize(2).allSatisfy(span -> {
            assertThat(HexFormat.of().formatHex(span.getParentSpanId().toByteArray()))
                    .isEqualTo(PARENT);
            assertThat(span.getName()).isEqualTo("predict fashion");
            assertThat(TraceReceiver.attributes(span.getAttributesList()))
                    .containsEntry("catwalk.model", "fashion")
                    .containsEntry("catwalk.version", "1")
                    .containsEntry("catwalk.engine", "tensorflow");
            assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        });
        Span answered = servers.getFirst();
        List<Span> phases = own.stream()
                .filter(span -> span.getParentSpanId().equals(answered.getSpanId()))
                .toList();
        assertThat(phases).extracting(Span::getName).containsExactly("preprocess", "queue", "infer", "postprocess");
        assertThat(phases).allSatisfy(phase -> {
            assertThat(phase.getStartTimeUnixNano()).isGreaterThanOrEqualTo(answered.getStartTimeUnixNano());
            assertThat(phase.getEndTimeUnixNano())
                    .isBetween(phase.getStartTimeUnixNano(), answered.getEndTimeUnixNano());
        });
        assertThat(answered.getEndTimeUnixNano() / 1e9)
                .isCloseTo(System.currentTimeMillis() / 1e3, within((double) TIMEOUT.toSeconds()));
        assertThat(TraceReceiver.attributes(servers.getLast().getAttributesList()))
                .containsEntry("error.type", "bad_input");
    }

    private void metrics(String... lines) {
        String all =
                when().get(service.management("/q/metrics")).then().extract().asString();
        assertThat(all).contains(lines);
    }

    /** A profile of images as {@link #image} makes them. */
    private byte[] profile() {
        ProfileBuilder profile = new ProfileBuilder(5_000, CLASSES);
        int[] predicted = new int[CLASSES];
        for (int image = 0; image < 5_000; image++) {
            int label = random.nextInt(CLASSES);
            predicted[label]++;
            profile.add(image(label, false), label);
        }
        return profile.build(predicted).write();
    }

    /** Light in the strip of a class, and some grey of random strength elsewhere. */
    private float[] image(int label, boolean inverted) {
        float[] image = TinyModel.image(label);
        float grey = random.nextFloat() * 0.2f;
        for (int index = 0; index < image.length; index++) {
            float value = Math.max(image[index], grey);
            image[index] = inverted ? 1 - value : value;
        }
        return image;
    }

    private void classify(int images, boolean inverted) {
        for (int first = 0; first < images; first += REQUEST) {
            String instances = IntStream.range(0, REQUEST)
                    .mapToObj(index -> Arrays.toString(image(random.nextInt(CLASSES), inverted)))
                    .collect(Collectors.joining(","));
            given().contentType(ContentType.JSON)
                    .body("{\"instances\":[" + instances + "]}")
                    .post(service.at("/v1/models/fashion:predict"))
                    .then()
                    .statusCode(200);
        }
    }
}
