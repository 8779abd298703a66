package io.catwalk.benchmark.growth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.benchmark.process.BrokerAndStore;
import io.catwalk.benchmark.process.PeakMemory;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.client.PipelineClient;
import io.catwalk.local.LocalStack;
import io.catwalk.local.TaskFailedException;
import io.catwalk.local.process.Pause;
import org.apache.commons.io.FileUtils;

/**
 * What a data set's size costs ingestion and a trainer: images a second and memory, at Fashion-MNIST's size and at ten times, a hundred
 * times that. Each size has new processes, with a stack's own heaps. The last of the parts: it deletes the stack's blobs.
 */
public final class DatasetCost {
    /** How many times Fashion-MNIST it can be measured with. */
    public static final int MOST_TIMES = RepeatedDataset.MOST;

    private static final int FACTOR = 10;
    private static final int BATCH = 128;
    /** Steps of the first epoch at the smallest size, without the first ones, which are slow. */
    private static final int FROM_STEP = 50;

    private static final int TO_STEP = 400;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofHours(2);

    private final LocalStack stack;
    private final int largest;
    private final Path sources;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param stack that has started
     * @param largest how many times Fashion-MNIST
     */
    public DatasetCost(LocalStack stack, int largest) {
        this.stack = stack;
        this.largest = largest;
        this.sources = stack.settings().data().resolve("sources");
    }

    public BenchmarkResult measure() {
        lines.add(
                "times Fashion-MNIST | images | GB | service | images/s | took, training until its first step | peak resident memory | of it anonymous");
        try (PipelineClient client = stack.client()) {
            IntStream.iterate(1, times -> times < largest, times -> times * FACTOR)
                    .forEach(times -> measure(client, times));
            measure(client, largest);
        }
        return new BenchmarkResult("Ingestion of IDX files, then training of tutorial-cnn on them", lines);
    }

    private void measure(PipelineClient client, int times) {
        String dataset = "times-" + times;
        String size;
        try (RepeatedDataset source =
                RepeatedDataset.write(stack.settings().dataset(), sources.resolve(dataset), times)) {
            size = "%d | %,d | %.2f".formatted(times, source.images(), source.bytes() / 1e9);
            ingest(client, dataset, source, size);
        }
        train(client, dataset, size);
        deleteBlobs();
    }

    /** Gives the disk back; nobody asks for them again. */
    private void deleteBlobs() {
        try {
            FileUtils.deleteDirectory(BrokerAndStore.bucket(stack.settings().data())
                    .resolve("blobs")
                    .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String size, String service, double rate, Duration took, PeakMemory memory) {
        lines.add("%s | %s | %,.0f | %.1f s | %,.0f MiB | %,.0f MiB"
                .formatted(size, service, rate, seconds(took), memory.resident(), memory.anonymous()));
        System.out.println(lines.getLast());
    }

    /** Files of any size are allowed, the catalogue has no other data set, and copies are on the data's disk. */
    private Map<String, String> ingestion() {
        return Map.of(
                "CATWALK_INGESTION_FOLDER_ROOTS",
                sources.toString(),
                "CATWALK_INGESTION_MAX_FILE_SIZE",
                "1T",
                "CATWALK_INGESTION_MAX_DATASET_SIZE",
                "1T",
                "CATWALK_INGESTION_MAX_IMAGES",
                Integer.toString(Integer.MAX_VALUE),
                "CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_FOLDER",
                "",
                "CATWALK_INGESTION_WORK_FOLDER",
                stack.settings().data().resolve("work").toString());
    }

    private Map<String, String> training() {
        return Map.of(
                "CATWALK_TRAINING_WORK_FOLDER",
                stack.settings().data().resolve("work").toString());
    }

    private void restart(String service, Map<String, String> environment) {
        stack.restart(service, environment);
        stack.awaitReady(service);
    }

    private void ingest(PipelineClient client, String dataset, RepeatedDataset source, String size) {
        restart("ingestion", ingestion());
        try (PeakMemory memory = new PeakMemory(stack.pid("ingestion"))) {
            Duration took = ingest(client, dataset, source);
            add(size, "ingestion", source.images() / seconds(took), took, memory);
        }
    }

    private Duration ingest(PipelineClient client, String dataset, RepeatedDataset source) {
        long started = System.nanoTime();
        String id = client.requestIngestion("""
                        {"dataset":"%s","source":{"folder":"%s"}}""".formatted(dataset, source.folder()))
                .path("ingestionId")
                .asText();
        while (true) {
            JsonNode ingestion = client.ingestion(id);
            switch (ingestion.path("state").asText()) {
                case "succeeded" -> {
                    return since(started);
                }
                case "failed", "cancelled", "unreadable" ->
                    throw new TaskFailedException(dataset + " isn't ingested: "
                            + ingestion.path("reason").asText());
                default -> await(started);
            }
        }
    }

    /** Trains some steps of the first epoch, then cancels the run. */
    private void train(PipelineClient client, String dataset, String size) {
        restart("training", training());
        try (PeakMemory memory = new PeakMemory(stack.pid("training"))) {
            train(client, dataset, size, memory);
        }
    }

    private void train(PipelineClient client, String dataset, String size, PeakMemory memory) {
        long started = System.nanoTime();
        String id = "run-" + dataset;
        client.requestRun("""
                {"runId":"%s","dataset":"%s","model":"growth","epochs":2,"batchSize":%d}""".formatted(id, dataset, BATCH));
        awaitStep(client, id, 1);
        Duration untilFirst = since(started);
        long from = awaitStep(client, id, FROM_STEP);
        long fromTime = System.nanoTime();
        long to = awaitStep(client, id, TO_STEP);
        double rate = (to - from) * BATCH / seconds(since(fromTime));
        add(size, "training", rate, untilFirst, memory);
        client.send(HttpRequest.newBuilder(stack.training().resolve("/runs/" + id + "/cancel"))
                .POST(BodyPublishers.noBody())
                .build());
        while (!client.run(id).path("state").asText().equals("cancelled")) {
            await(started);
        }
    }

    /** @return the step that it is at, when it has come so far */
    private long awaitStep(PipelineClient client, String run, int step) {
        long started = System.nanoTime();
        while (true) {
            JsonNode shown = client.run(run);
            if (shown.path("step").asLong() >= step) {
                return shown.path("step").asLong();
            }
            if (shown.path("state").asText().equals("failed")) {
                throw new TaskFailedException(
                        run + " failed: " + shown.path("reason").asText());
            }
            await(started);
        }
    }

    private void await(long started) {
        stack.failure().ifPresent(failure -> {
            throw failure;
        });
        if (since(started).compareTo(LONGEST) > 0) {
            throw new TaskFailedException("nothing has come within " + LONGEST);
        }
        Pause.of(POLL);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
