package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Readiness;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.data.StoredDatasets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that would wait for themselves, on real journals. */
class OriginChainTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FlakyStore store = new FlakyStore(new InMemoryObjectStore(InstantSource.system()));
    private final Trainer trainer = new Trainer(store, "t1");

    @AfterEach
    void stop() throws InterruptedException {
        trainer.stop();
    }

    @Test
    void twoRunsThatContinueFromEachOtherAreBothRefusedNamingTheChain() throws Exception {
        request("a", "\"continueFrom\": \"b\"");
        request("b", "\"continueFrom\": \"a\"");
        trainer.start();

        assertThat(refusal("a")).isEqualTo("continueFrom is b, must not wait for this run itself: a -> b -> a");
        assertThat(refusal("b")).isEqualTo("continueFrom is a, must not wait for this run itself: b -> a -> b");
        assertThat(trainer.types()).containsExactly("training-failed", "training-failed");
        assertThat(trainer.published())
                .extracting(published -> published.event().body().path("kind").asText())
                .containsOnly("FAILURE_KIND_REFUSED");
    }

    /** What waits for its dataset isn't refused for naming a run that isn't known yet. */
    @Test
    void aCycleOfBothKindsIsFoundWhenItsLastRequestComes() throws Exception {
        ready();
        trainer.start();
        request("c", "\"continueFrom\": \"a\", \"dataset\": \"later\"");
        request("a", "\"resumeFrom\": \"b\", \"dataset\": \"later\"");
        request("leads-there", "\"continueFrom\": \"a\"");
        request("b", "\"continueFrom\": \"c\"");

        assertThat(refusal("c")).isEqualTo("continueFrom is a, must not wait for this run itself: c -> a -> b -> c");
        assertThat(refusal("a")).isEqualTo("resumeFrom is b, must not wait for this run itself: a -> b -> c -> a");
        assertThat(refusal("b")).isEqualTo("continueFrom is c, must not wait for this run itself: b -> c -> a -> b");
        assertThat(refusal("leads-there")).isEqualTo("continueFrom is a, must be a run that ended with a model");
    }

    @Test
    void aRunThatNamesItselfIsRefused() throws Exception {
        trainer.start();
        request("a", "\"continueFrom\": \"a\", \"dataset\": \"later\"");
        assertThat(refusal("a")).isEqualTo("continueFrom is a, must be another run");
    }

    @Test
    void aChainThatEndsTrainsInItsOrder() throws Exception {
        request("c", "\"continueFrom\": \"b\"");
        request("b", "\"continueFrom\": \"a\"");
        request("a", "\"seed\": 7");
        ready();
        trainer.start();
        for (String run : new String[] {"a", "b", "c"}) {
            assertThat(awaitClosed(run).fold().result()).contains(JobResult.succeeded());
        }
    }

    @Test
    void aLongCycleIsShownWithoutItsMiddleAndALongerChainIsRefused() throws Exception {
        int last = OriginChain.MAX_LENGTH + 1;
        for (int i = 1; i <= last; i++) {
            request("r" + i, "\"continueFrom\": \"r%d\"".formatted(i - 1));
        }
        request("r0", "\"resumeFrom\": \"r%d\"".formatted(OriginChain.MAX_LENGTH - 1));

        assertThat(unmeetable("r0"))
                .isEqualTo("resumeFrom is r999, must not wait for this run itself:"
                        + " r0 -> r999 -> r998 -> r997 -> (993 more) -> r3 -> r2 -> r1 -> r0");
        assertThat(unmeetable("r" + last))
                .isEqualTo("continueFrom is r1000, must not wait for more than 1000 runs:"
                        + " r1001 -> r1000 -> r999 -> r998 -> (994 more) -> r3 -> r2 -> r1 -> r0");
    }

    /** Waiting runs are looked at again and again. */
    @Test
    void aChainIsReadOnce() {
        request("r0", "\"seed\": 7");
        for (int i = 1; i <= 20; i++) {
            request("r" + i, "\"continueFrom\": \"r%d\"".formatted(i - 1));
        }
        List<Name> read = new ArrayList<>();
        OriginChain chain = new OriginChain(run -> {
            read.add(run);
            return trainer.jobs().find(run);
        });
        TrainingRequest last = RunRequests.of(job("r20")).orElseThrow();
        chain.requireEnd(last);
        chain.requireEnd(last);

        assertThat(read).hasSize(20).doesNotHaveDuplicates();
    }

    private void ready() {
        new StoredDatasets(store).ready("bars", Pictures.of(60, 8, 3, 1), Pictures.of(12, 8, 3, 2), 12, folder);
    }

    private Job job(String run) {
        return trainer.jobs().find(new Name(run)).orElseThrow();
    }

    private String unmeetable(String run) {
        return ((Readiness.Unmeetable) trainer.handler().readiness(job(run))).reason();
    }

    private String refusal(String run) {
        JobResult result = awaitClosed(run).fold().result().orElseThrow();
        assertThat(result.outcome()).isEqualTo(JobResult.Outcome.FAILED);
        return result.reason();
    }

    private Job awaitClosed(String run) {
        return await().atMost(TIMEOUT)
                .until(() -> trainer.jobs().find(new Name(run)).filter(Job::closed), Optional::isPresent)
                .orElseThrow();
    }

    private void request(String run, String fields) {
        var body = (ObjectNode) JournalJson.parse("""
                {"dataset": "bars", "model": "bars", "epochs": 1, "batchSize": 12}""");
        body.setAll((ObjectNode) JournalJson.parse("{" + fields + "}"));
        String digest =
                Digest.of(body.toString().getBytes(StandardCharsets.UTF_8)).toString();
        try {
            assertThat(trainer.jobs().accept(new Name(run), body, digest, Asker.within("a test")))
                    .isEqualTo(Acceptance.ACCEPTED);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
