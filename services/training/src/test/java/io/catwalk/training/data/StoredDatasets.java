package io.catwalk.training.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetOptions;
import io.catwalk.dataset.DatasetReader;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.IdxLimits;
import io.catwalk.dataset.IdxSource;
import io.catwalk.dataset.IdxWriter;
import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;

/** Puts datasets into a bucket as an ingestion does. */
public final class StoredDatasets {
    private static final Retry RETRY = new Retry(Duration.ofMillis(10), Duration.ofMillis(100));

    private final Blobs blobs;
    private final DatasetStore datasets;

    public StoredDatasets(ObjectStore store) {
        this.blobs = new Blobs(store);
        this.datasets = new DatasetStore(store, blobs, "test", RETRY);
    }

    public DatasetStore datasets() {
        return datasets;
    }

    /** Stores content and makes the name stand for it. */
    public Digest ready(String name, ImageSet training, ImageSet test, int validation, Path folder) {
        Digest digest = store(training, test, validation, folder);
        decide(name, DatasetDecision.ready("i-" + name, digest.toString(), digest.toString()));
        return digest;
    }

    public void rejected(String name, String reason) {
        decide(name, DatasetDecision.rejected("i-" + name, reason));
    }

    private Digest store(ImageSet training, ImageSet test, int validation, Path folder) {
        try {
            IdxFiles<IdxSource> sources =
                    new IdxFiles<>(images(training), labels(training), images(test), labels(test));
            StagedDataset staged = new DatasetReader(new IdxLimits(1 << 28, 100_000, 64))
                    .read(sources, new DatasetOptions(List.of(), validation), folder);
            staged.files().map((kind, file) -> blobs.put(file));
            return datasets.put(staged.manifest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void decide(String name, DatasetDecision decision) {
        try {
            datasets.journal(new Name(name))
                    .put(
                            decision.ingestionId() + decision.digest().orElse(""),
                            (soFar, number) -> new Decider.Decision(decision, Optional.empty()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static IdxSource images(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeImages(set, out);
        return new IdxSource("images", () -> new ByteArrayInputStream(out.toByteArray()));
    }

    private static IdxSource labels(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeLabels(set, out);
        return new IdxSource("labels", () -> new ByteArrayInputStream(out.toByteArray()));
    }
}
