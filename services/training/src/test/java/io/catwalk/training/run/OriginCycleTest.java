package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.data.StoredDatasets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin where another ends, in a circle. They come to it while all wait for a dataset. */
class OriginCycleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FlakyStore store = new FlakyStore(new InMemoryObjectStore(InstantSource.system()));
    private final Trainer trainer = new Trainer(store, "t1");

    @AfterEach
    void stop() throws InterruptedException {
        trainer.stop();
    }

    @Test
    void runsThatContinueFromEachOtherEnd() throws Exception {
        request("a", "\"continueFrom\": \"b\"");
        request("b", "\"continueFrom\": \"a\"");
        datasets();

        trainer.start();

        assertThat(refusal("a"))
                .isEqualTo("continueFrom is b, must be a run that doesn't wait for this one itself, as b for a does");
        // Before or after that of a.
        assertThat(refusal("b")).startsWith("continueFrom is a, must be a run that ");
    }

    /** The circle's first run is refused, and all behind it then have no origin; so has one that isn't in the circle. */
    @Test
    void aLongCircleOfBothKindsEndsAndSoDoWhoWaitsForIt() throws Exception {
        request("outside", "\"continueFrom\": \"c\"");
        request("a", "\"resumeFrom\": \"b\"");
        request("b", "\"continueFrom\": \"c\"");
        request("c", "\"resumeFrom\": \"d\"");
        request("d", "\"continueFrom\": \"a\"");
        datasets();

        trainer.start();

        assertThat(refusal("a")).endsWith("as b for c for d for a does");
        for (String run : new String[] {"b", "c", "d", "outside"}) {
            assertThat(refusal(run)).contains(", must be a run that");
        }
    }

    private void request(String run, String origin) throws InterruptedException {
        JsonNode body = JournalJson.parse("""
                {"dataset": "bars", "model": "bars", "epochs": 3, "batchSize": 12, "seed": "5", %s}""".formatted(origin));
        String digest =
                Digest.of(body.toString().getBytes(StandardCharsets.UTF_8)).toString();
        trainer.jobs().accept(new Name(run), body, digest);
    }

    private void datasets() throws InterruptedException {
        new StoredDatasets(store).ready("bars", Pictures.of(60, 8, 3, 1), Pictures.of(12, 8, 3, 2), 12, folder);
    }

    private String refusal(String run) {
        Name id = new Name(run);
        await().atMost(PATIENCE)
                .until(() -> trainer.jobs().find(id).filter(Job::closed).isPresent());
        JobResult result = trainer.jobs().find(id).orElseThrow().fold().result().orElseThrow();
        assertThat(result.outcome()).isEqualTo(JobResult.Outcome.FAILED);
        return result.reason();
    }
}
