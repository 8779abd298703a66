package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.data.StoredDatasets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are given back because the store refuses what they must keep. */
class RunFailureTest {
    private static final Name RUN = new Name("r1");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FlakyStore store = new FlakyStore(new InMemoryObjectStore(InstantSource.system()));
    private final Trainer trainer = new Trainer(store, "t1");

    @BeforeEach
    void request() throws InterruptedException {
        new StoredDatasets(store).ready("bars", Pictures.of(60, 8, 3, 1), Pictures.of(12, 8, 3, 2), 12, folder);
        JsonNode body = JournalJson.parse("""
                {"dataset": "bars", "model": "bars", "epochs": 3, "batchSize": 12, "learningRate": 0.001, "seed": "5"}""");
        String digest =
                Digest.of(body.toString().getBytes(StandardCharsets.UTF_8)).toString();
        trainer.jobs().accept(RUN, body, digest, Asker.within("a test"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        trainer.stop();
    }

    @Test
    void aRunWhoseCheckpointsAreRefusedFailsWithTheReasonAndPublishesItsStartOnce() {
        store.refuse(path -> path.contains("/checkpoints/"));
        trainer.start();

        Job job = awaitClosed();
        JobResult result = job.fold().result().orElseThrow();
        assertThat(result.outcome()).isEqualTo(JobResult.Outcome.FAILED);
        assertThat(result.reason())
                .isEqualTo(
                        "given back 4 times in a row without progress, the last time because: the store refuses this service; see its log");
        assertThat(trainer.jobs().history(RUN).toString()).doesNotContain("no permission for");
        assertThat(trainer.types()).containsOnlyOnce("training-started").containsOnlyOnce("training-failed");
        assertThat(kinds()).filteredOn(EntryKind.RELEASED::equals).hasSizeBetween(4, 5);
    }

    @Test
    void aRunGoesOnOnceItsCheckpointsAreAcceptedAgain() {
        store.refuse(path -> path.contains("/checkpoints/"));
        trainer.start();
        await().atMost(TIMEOUT)
                .until(() ->
                        trainer.jobs().find(RUN).orElseThrow().fold().failures().isPresent());
        store.refuse(path -> false);

        assertThat(awaitClosed().fold().result()).contains(JobResult.succeeded());
        assertThat(trainer.types()).containsOnlyOnce("training-started").endsWith("training-completed");
    }

    private Job awaitClosed() {
        await().atMost(TIMEOUT)
                .until(() -> trainer.jobs().find(RUN).orElseThrow().closed());
        return trainer.jobs().find(RUN).orElseThrow();
    }

    private List<EntryKind> kinds() {
        return trainer.jobs().history(RUN).stream()
                .map(entry -> entry.entry().kind())
                .toList();
    }
}
