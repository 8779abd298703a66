package io.catwalk.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

import io.catwalk.local.LocalStack;
import io.catwalk.local.StackTask;
import io.catwalk.local.TaskFailedException;
import io.catwalk.local.demo.ServedPictures.ServedPicture;
import io.catwalk.model.v1.ModelPublished;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** One run from its request to answers of the promoted model, shown on a display. */
final class Demo implements StackTask {
    private static final Duration EVENT_WAIT = Duration.ofMillis(500);
    private static final int PICTURES = 8;

    private final DemoArguments arguments;
    private final Display display;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} */
    Demo(DemoArguments arguments, Display display, Clock clock, LongSupplier nanoTime) {
        this.arguments = arguments;
        this.display = display;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public void run(LocalStack stack) {
        display.line("%-11s broker, store and the four services; logs in %s"
                .formatted("start", stack.settings().data().resolve("logs")));
        stack.start();
        try (RunEvents events = RunEvents.follow(stack.bootstrapServers(), clock);
                ServiceClient client = ServiceClient.of(stack)) {
            run(stack, events, client);
        } finally {
            display.status("");
        }
    }

    private void run(LocalStack stack, RunEvents events, ServiceClient client) {
        Stopwatch took = new Stopwatch(nanoTime);
        TrainingRequest request = TrainingRequest.of(arguments, clock.instant());
        send(stack.bootstrapServers(), request);
        RunState state = new RunState(request.runId(), TrainingRequest.DATASET, TrainingRequest.MODEL);
        new RunWatch(stack, () -> events.next(EVENT_WAIT), () -> client.step(request.runId()), display, nanoTime)
                .untilPromoted(state);
        ModelPublished model = state.published().orElseThrow();
        List<ServedPicture> pictures = new ServedPictures(
                        stack, png -> client.classify(TrainingRequest.MODEL, png), nanoTime)
                .classify(TestPictures.first(PICTURES, stack.settings().dataset()), model.getVersion());
        Path report = saveReport(stack, client, request.runId());
        Summary summary = new Summary(
                state.ready().orElseThrow(), state.evaluated().orElseThrow(), model, pictures, report, took.elapsed());
        display.line("");
        summary.lines().forEach(display::line);
    }

    private static void send(String bootstrapServers, TrainingRequest request) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TrainingRequest.TOPIC, request.toJson()))
                    .get();
        } catch (ExecutionException e) {
            throw new TaskFailedException(
                    "the request was not taken: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private static Path saveReport(LocalStack stack, ServiceClient client, String runId) {
        byte[] page = client.report(runId)
                .orElseThrow(() -> Failures.with(
                        stack, Phase.EVALUATION, "no report of run " + runId + " at " + stack.evaluation()));
        Path file = stack.settings().data().resolve("report.html");
        try {
            return Files.write(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }
}
