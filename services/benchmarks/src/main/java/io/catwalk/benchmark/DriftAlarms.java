package io.catwalk.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.client.EventConsumer;
import io.catwalk.client.PipelineClient;
import io.catwalk.dataset.ImageSet;
import io.catwalk.drift.ImageStatistics;
import io.catwalk.local.LocalStack;
import io.catwalk.local.TaskFailedException;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelRejected;
import io.catwalk.serving.v1.DriftDetected;
import io.catwalk.serving.v1.DriftState;
import io.catwalk.training.v1.TrainingFailed;

/**
 * Whether serving tells drift from chance: a model that the pipeline has trained is sent disjoint samples of the test set, then
 * inverted and noisy ones. An alarm too many or too few is a failure.
 */
final class DriftAlarms {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);
    private static final Duration LONGEST_COMPARISON = Duration.ofSeconds(30);
    private static final String MODEL = "drift";
    /** The window of {@code catwalk.drift}, so that each sample is exactly one. */
    private static final int SAMPLE = 500;

    private static final int REQUEST = 100;
    /** Standard deviation of the noise, of 255. */
    private static final double NOISE = 51;

    private static final double SAME = 1e-12;
    private static final Pattern FIGURE =
            Pattern.compile("catwalk_drift_index\\{.*statistic=\"([a-z-]+)\".*} ([0-9.E-]+)");
    private static final Pattern MEAN = Pattern.compile("catwalk_input_mean\\{.*} ([0-9.E-]+)");

    private final LocalStack stack;
    private final ImageSet test;
    private final Random random = new Random(1);
    private final List<DriftDetected> alarms = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    DriftAlarms(LocalStack stack, ImageSet test) {
        this.stack = stack;
        this.test = test;
    }

    /** @throws TaskFailedException for an alarm too many or too few */
    BenchmarkResult measure() {
        try (PipelineClient client = stack.client();
                EventConsumer events = new EventConsumer(stack.bootstrapServers())) {
            client.requestRun("""
                    {"runId":"bench-drift","dataset":"fashion-mnist","model":"%s","epochs":1,"seed":42}""".formatted(MODEL));
            awaitPromotion(events);
            int samples = test.count() / SAMPLE;
            List<Sample> plain = IntStream.range(0, samples)
                    .mapToObj(sample -> send(sample, UnaryOperator.identity(), events))
                    .toList();
            requireAlarms(0, "on the test set's own samples");
            Sample inverted = send(0, DriftAlarms::inverted, events);
            requireAlarms(1, "on inverted images");
            send(1, UnaryOperator.identity(), events);
            requireAlarms(2, "when images were as before");
            Sample noisy = send(2, this::noisy, events);
            requireAlarms(3, "on noisy images");
            return new BenchmarkResult(
                    "Drift alarms on %d disjoint samples of %d test images, and on changed ones"
                            .formatted(samples, SAMPLE),
                    List.of(
                            "samples as they are     no alarm, indices up to " + highest(plain),
                            "inverted                alarm, " + inverted,
                            "noise of %.0f of 255      alarm, %s".formatted(NOISE, noisy)));
        }
    }

    private void awaitPromotion(EventConsumer events) {
        Instant giveUp = Instant.now().plus(LONGEST_RUN);
        while (Instant.now().isBefore(giveUp)) {
            stack.failure().ifPresent(failure -> {
                throw failure;
            });
            for (var event : events.poll(POLL)) {
                switch (event.payload()) {
                    case ModelPromoted promoted
                    when promoted.getModel().equals(MODEL) -> {
                        awaitServed(giveUp);
                        return;
                    }
                    case ModelRejected rejected
                    when rejected.getModel().equals(MODEL) -> throw new TaskFailedException(rejected.getReason());
                    case TrainingFailed failed
                    when failed.getModel().equals(MODEL) -> throw new TaskFailedException(failed.getReason());
                    default -> {
                        // Another step of the run.
                    }
                }
            }
        }
        throw new TaskFailedException("the run wasn't promoted within " + LONGEST_RUN);
    }

    private void awaitServed(Instant giveUp) {
        while (get(at("/v1/models/" + MODEL)).statusCode() != 200) {
            if (Instant.now().isAfter(giveUp)) {
                throw new TaskFailedException(MODEL + " isn't served within " + LONGEST_RUN);
            }
            pause();
        }
    }

    /** Sends one window of images, and waits until serving has compared all of them. */
    private Sample send(int sample, UnaryOperator<float[]> change, EventConsumer events) {
        List<float[]> images = IntStream.range(sample * SAMPLE, (sample + 1) * SAMPLE)
                .mapToObj(index -> change.apply(image(index)))
                .toList();
        for (int first = 0; first < SAMPLE; first += REQUEST) {
            predict(images.subList(first, first + REQUEST));
        }
        double mean = images.stream()
                .mapToDouble(image -> ImageStatistics.of(image, 0, image.length).mean())
                .average()
                .orElseThrow();
        Sample compared = awaitComparison(mean);
        Instant end = Instant.now().plus(POLL.multipliedBy(5));
        while (Instant.now().isBefore(end)) {
            events.poll(POLL).forEach(event -> {
                if (event.payload() instanceof DriftDetected drift) {
                    alarms.add(drift);
                }
            });
        }
        return compared;
    }

    private Sample awaitComparison(double mean) {
        Instant giveUp = Instant.now().plus(LONGEST_COMPARISON);
        while (Instant.now().isBefore(giveUp)) {
            String metrics =
                    get(stack.management("serving").resolve("/q/metrics")).body();
            Matcher shown = MEAN.matcher(metrics);
            if (shown.find() && Math.abs(Double.parseDouble(shown.group(1)) - mean) < SAME) {
                return new Sample(FIGURE.matcher(metrics)
                        .results()
                        .map(figure -> new Figure(figure.group(1), Double.parseDouble(figure.group(2))))
                        .toList());
            }
            pause();
        }
        throw new TaskFailedException("serving didn't compare a sample within " + LONGEST_COMPARISON);
    }

    private void requireAlarms(int changes, String when) {
        List<DriftState> states = alarms.stream().map(DriftDetected::getState).toList();
        List<DriftState> expected = IntStream.range(0, changes)
                .mapToObj(change -> change % 2 == 0 ? DriftState.DRIFT_STATE_STARTED : DriftState.DRIFT_STATE_ENDED)
                .toList();
        if (!states.equals(expected)) {
            throw new TaskFailedException("drift-detected has " + alarms + " " + when + ", not " + expected);
        }
    }

    private float[] image(int index) {
        byte[] pixels = new byte[test.shape().bytes()];
        test.copyPixels(index, pixels, 0);
        float[] image = new float[pixels.length];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            image[pixel] = Byte.toUnsignedInt(pixels[pixel]) / 255f;
        }
        return image;
    }

    private static float[] inverted(float[] image) {
        float[] inverted = new float[image.length];
        for (int pixel = 0; pixel < image.length; pixel++) {
            inverted[pixel] = 1 - image[pixel];
        }
        return inverted;
    }

    private float[] noisy(float[] image) {
        float[] noisy = new float[image.length];
        for (int pixel = 0; pixel < image.length; pixel++) {
            noisy[pixel] = (float) Math.clamp(image[pixel] + random.nextGaussian() * NOISE / 255, 0, 1);
        }
        return noisy;
    }

    private void predict(List<float[]> images) {
        String body = images.stream().map(Arrays::toString).collect(Collectors.joining(",", "{\"instances\":[", "]}"));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/v1/models/" + MODEL + ":predict"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new TaskFailedException("serving answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new TaskFailedException("serving doesn't answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskFailedException("interrupted");
        }
    }

    private URI at(String path) {
        return stack.serving().resolve(path);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskFailedException("interrupted");
        }
    }

    private static Sample highest(List<Sample> samples) {
        return new Sample(samples.stream()
                .flatMap(sample -> sample.figures().stream())
                .collect(Collectors.toMap(Figure::statistic, Figure::index, Math::max, TreeMap::new))
                .entrySet()
                .stream()
                .map(entry -> new Figure(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** A statistic's population stability index. */
    private record Figure(String statistic, double index) {}

    /** The figures of one window. */
    private record Sample(List<Figure> figures) {
        @Override
        public String toString() {
            return figures.stream()
                    .map(figure -> "%s %.4f".formatted(figure.statistic(), figure.index()))
                    .collect(Collectors.joining(", "));
        }
    }
}
