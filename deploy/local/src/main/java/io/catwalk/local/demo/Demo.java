package io.catwalk.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import io.catwalk.client.EventConsumer;
import io.catwalk.client.EventProducer;
import io.catwalk.client.PipelineClient;
import io.catwalk.client.PipelineException;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.local.LocalStack;
import io.catwalk.local.StackTask;
import io.catwalk.local.demo.ServedPictures.ServedPicture;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.training.v1.TrainingRequested;

/** One run from its request to answers of the promoted model, shown on a display. */
final class Demo implements StackTask {
    private static final Duration EVENT_WAIT = Duration.ofMillis(500);
    private static final int PICTURES = 8;
    private static final long SEED = 42;
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Event<TrainingRequested> event;
    private final TrainingRequested request;
    private final Display display;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} */
    Demo(Event<TrainingRequested> event, Display display, LongSupplier nanoTime) {
        this.event = event;
        this.request = event.payload();
        this.display = display;
        this.nanoTime = nanoTime;
    }

    /**
     * The demo's one request.
     *
     * @throws BadEventException for what isn't within the request's limits
     */
    static Event<TrainingRequested> request(int epochs, String network, Instant now) {
        String runId = "demo-" + RUN_TIME.format(now);
        TrainingRequested request = TrainingRequested.newBuilder()
                .setRunId(runId)
                .setDataset("fashion-mnist")
                .setModel("fashion")
                .setNetwork(network)
                .setEpochs(epochs)
                .setSeed(SEED)
                .setTestEachEpoch(false)
                .build();
        return new Event<>(runId, "/catwalk/demo", EventType.TRAINING_REQUESTED, now, request);
    }

    @Override
    public void run(LocalStack stack) {
        display.line("%-11s broker, store and the four services; logs in %s"
                .formatted("start", stack.settings().data().resolve("logs")));
        stack.start();
        try (EventConsumer events = new EventConsumer(stack.bootstrapServers());
                PipelineClient client = stack.client()) {
            run(stack, events, client);
        } finally {
            display.status("");
        }
    }

    private void run(LocalStack stack, EventConsumer events, PipelineClient client) {
        Stopwatch took = new Stopwatch(nanoTime);
        try (EventProducer producer = new EventProducer(stack.bootstrapServers())) {
            producer.send(event);
        }
        RunState state = new RunState(request.getRunId(), request.getDataset(), request.getModel());
        new RunWatch(stack, () -> payloads(events), () -> step(client), display, nanoTime).untilPromoted(state);
        ModelPublished model = state.published().orElseThrow();
        List<ServedPicture> pictures = new ServedPictures(
                        stack, png -> client.classify(request.getModel(), png), nanoTime)
                .classify(TestPictures.first(PICTURES, stack.settings().dataset()), model.getVersion());
        Path report = saveReport(stack, client);
        Summary summary = new Summary(
                state.ready().orElseThrow(), state.evaluated().orElseThrow(), model, pictures, report, took.elapsed());
        display.line("");
        summary.lines().forEach(display::line);
    }

    private static List<Message> payloads(EventConsumer events) {
        return events.poll(EVENT_WAIT).stream().<Message>map(Event::payload).toList();
    }

    /** The steps that the run has done by now; empty while nobody can tell. */
    private Optional<Long> step(PipelineClient client) {
        try {
            return Optional.of(client.run(request.getRunId()).path("step"))
                    .filter(JsonNode::isIntegralNumber)
                    .map(JsonNode::longValue);
        } catch (PipelineException e) {
            return Optional.empty();
        }
    }

    private Path saveReport(LocalStack stack, PipelineClient client) {
        Path file = stack.settings().data().resolve("report.html");
        try {
            return Files.write(file, client.report(request.getRunId()));
        } catch (PipelineException e) {
            throw Failures.with(stack, Phase.EVALUATION, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }
}
