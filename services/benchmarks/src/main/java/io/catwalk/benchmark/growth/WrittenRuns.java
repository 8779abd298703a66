package io.catwalk.benchmark.growth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.IntStream;

import org.apache.commons.io.FileUtils;

/**
 * Closed runs of 13 entries each, written into the local store's folder as a release without an index wrote them: 200 for each
 * past day.
 */
final class WrittenRuns {
    private static final int ENTRIES = 13;
    private static final int RUNS_PER_DAY = 200;
    private static final String FIGURES = """
            {"epoch":10,"step":4290,"train":{"loss":0.0731,"accuracy":0.9741},"lastBatch":{"loss":0.0612,"accuracy":0.9766},\
            "validation":{"loss":0.2711,"accuracy":0.9166},"learningRate":0.001,"seconds":14.2,"imagesPerSecond":3873.2}""";
    private static final String ENTRY = """
            {"schema":2,"kind":"%s","writer":"trainer/ff783eab","nonce":"b04dc882-%d","published":%d,"fold":{"request":\
            {"runId":"%s","dataset":"fashion-mnist","model":"fashion","network":"tutorial-cnn","epochs":10,"batchSize":128,\
            "seed":"5"},"requestDigest":"","attempts":1,"lost":0,"result":%s,"state":{"datasetDigest":"sha256:%064d",\
            "stepsPerEpoch":429,"checkpoints":[],"latest":%s,"best":%s}}}""";

    private final Path bucket;

    /** @param bucket the folder of the bucket */
    WrittenRuns(Path bucket) {
        this.bucket = bucket;
    }

    /** Writes the runs of these numbers. */
    void write(int from, int until) {
        Instant now = Instant.now();
        IntStream.range(from, until)
                .parallel()
                .forEach(number -> write(
                        number,
                        now.minus(Duration.ofDays(1).dividedBy(RUNS_PER_DAY).multipliedBy(number))));
    }

    /** Deletes the index, which older releases lack. */
    void deleteIndex() {
        try {
            FileUtils.deleteDirectory(bucket.resolve("index").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(int number, Instant accepted) {
        String id = String.format(Locale.ROOT, "run-%05d", number);
        try {
            Path journal = Files.createDirectories(bucket.resolve("runs/" + id + "/journal"));
            for (int entry = 1; entry <= ENTRIES; entry++) {
                Path file = journal.resolve(String.format(Locale.ROOT, "%08d.json", entry));
                Files.writeString(file, entry(id, entry));
                Files.setLastModifiedTime(file, FileTime.from(accepted.plusSeconds(entry)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String entry(String id, int number) {
        String kind = number == 1 ? "accepted" : number == ENTRIES ? "closed" : "progress";
        String result = number >= ENTRIES - 1 ? "{\"outcome\":\"succeeded\",\"reason\":\"\"}" : "null";
        return String.format(Locale.ROOT, ENTRY, kind, number, number - 1, id, result, number, FIGURES, FIGURES);
    }
}
