package io.catwalk.ingestion.job;

import static io.catwalk.ingestion.TinyDataset.TEST_LABELS;
import static io.catwalk.ingestion.TinyDataset.TRAIN_IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.google.protobuf.util.Durations;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.ingestion.TinyDataset;
import io.catwalk.journal.Asker;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult.Outcome;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.Test;

class IngestionHandlerTest extends HandlerFixture {
    @Test
    void storesADatasetAndPublishesThatItIsReady() throws Exception {
        Job job = ingest("i1", inFolder());

        assertThat(job.fold().result())
                .hasValueSatisfying(result -> assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED));
        DecisionEntry entry = datasets.newest(DATASET).orElseThrow();
        assertThat(entry.cause()).isEqualTo("ingestions/i1");
        Digest digest =
                Digest.parse(entry.decision(DatasetDecision.class).digest().orElseThrow());
        try (MappedDataset mapped = load(digest)) {
            assertThat(mapped.dataset().splits().train().count()).isEqualTo(9);
        }
        assertThat(published).containsOnlyKeys("datasets/tiny/journal/1");
        assertThat(ready("datasets/tiny/journal/1"))
                .isEqualTo(DatasetReady.newBuilder()
                        .setDataset("tiny")
                        .setIngestionId("i1")
                        .setDigest(digest.toString())
                        .addAllImageShape(List.of(3, 3, 1))
                        .addAllLabelNames(List.of("coat", "bag"))
                        .setTrainCount(9)
                        .setValidationCount(3)
                        .setTestCount(4)
                        .setEntry(1)
                        .build());
        assertThat(registry.get("catwalk.dataset.images")
                        .tags("dataset", "tiny", "split", "train")
                        .gauge()
                        .value())
                .isEqualTo(9);
        assertThat(store.blobsPut()).isEqualTo(7);
    }

    @Test
    void storesTheSameDataOnlyOnceFromWhereverItComes() throws Exception {
        ingest("i1", inFolder());
        store.blobsPut();
        TinyDataset.files(1)
                .forEach((name, content) -> store.put(
                        new io.catwalk.objectstore.Folder("incoming/").key(name + ".gz"), TinyDataset.gzip(content)));

        ingest("i2", DatasetSource.newBuilder().setStorePrefix("incoming/").build());
        ingest("i3", DatasetSource.newBuilder().setUrl(server.base().toString()).build());

        assertThat(store.blobsPut()).isZero();
        assertThat(ready("datasets/tiny/journal/3").getDigest())
                .isEqualTo(ready("datasets/tiny/journal/2").getDigest())
                .isEqualTo(ready("datasets/tiny/journal/1").getDigest());
    }

    @Test
    void mendsADamagedDataset() throws Exception {
        ingest("i1", inFolder());
        Digest digest = Digest.parse(ready("datasets/tiny/journal/1").getDigest());
        store.delete(Artifacts.blob(
                Digest.parse(datasets.manifest(digest).files().testLabels().digest())));
        store.blobsPut();

        ingest("i2", inFolder());

        assertThat(store.blobsPut()).isEqualTo(7);
        try (MappedDataset mapped = load(digest)) {
            assertThat(mapped.dataset().splits().test().count()).isEqualTo(4);
        }
    }

    @Test
    void clearsAwayWhatAKilledAttemptLeft() throws Exception {
        Path left = TinyDataset.write(top.resolve("work/i1/attempt-1"), TinyDataset.files(1));

        ingest("i1", inFolder());

        assertThat(left).doesNotExist();
    }

    @Test
    void storesOtherDataUnderTheSameName() throws Exception {
        ingest("i1", inFolder());
        TinyDataset.write(folder, TinyDataset.files(7));

        ingest("i2", inFolder());

        assertThat(ready("datasets/tiny/journal/2").getDigest())
                .isNotEqualTo(ready("datasets/tiny/journal/1").getDigest());
        assertThat(datasets.journal(DATASET).entries()).hasSize(2);
    }

    @Test
    void rejectsBadData() throws Exception {
        Files.write(folder.resolve(TEST_LABELS), new byte[] {0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 1});

        Job job = ingest("i1", inFolder());

        String reason = TEST_LABELS + ", byte 10 (label 2): 2, must be below the 2 classes";
        assertThat(job.fold().result()).hasValueSatisfying(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.reason()).isEqualTo(reason);
        });
        assertThat(rejected("datasets/tiny/journal/1"))
                .isEqualTo(DatasetRejected.newBuilder()
                        .setDataset("tiny")
                        .setIngestionId("i1")
                        .setReason(reason)
                        .setEntry(1)
                        .build());
        assertThat(store.blobsPut()).isZero();
    }

    @Test
    void rejectsAFolderThatIsNotThere() throws Exception {
        Job job = ingest(
                "i1", DatasetSource.newBuilder().setFolder(top + "/absent").build());

        assertThat(job.state(IngestionResult.class).decision().reason())
                .startsWith("source.folder is \"" + top + "/absent\", must be an existing folder");
    }

    @Test
    void waitsForAnUnreachableSourceWithoutASlot() throws Exception {
        server.answer("HEAD " + TRAIN_IMAGES, (exchange, name) -> exchange.sendResponseHeaders(503, -1));
        accept("i1", atServer());
        awaitWaiting("i1", "answers 503");

        assertThat(ingest("i2", inFolder()).fold().result().orElseThrow().outcome())
                .isEqualTo(Outcome.SUCCEEDED);
        assertThat(jobs.find(new Name("i1")).orElseThrow().fold().attempts()).isZero();
        assertThat(datasets.journal(DATASET).entries()).hasSize(1);

        server.restore("HEAD " + TRAIN_IMAGES);

        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void givesTheSlotBackWhenASourceThatIsThereCantBeRead() throws Exception {
        server.answer("GET " + TRAIN_IMAGES, (exchange, name) -> exchange.sendResponseHeaders(503, -1));
        accept("i1", atServer());
        awaitWaiting("i1", "answers 503");

        assertThat(ingest("i2", inFolder()).fold().result().orElseThrow().outcome())
                .isEqualTo(Outcome.SUCCEEDED);

        server.restore("GET " + TRAIN_IMAGES);

        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    /** The file server's address stands for any that a host's name leads to. */
    @Test
    void saysOfASourceThatBreaksOffNoMoreThanThat() throws Exception {
        server.answer("GET " + TRAIN_IMAGES, (exchange, name) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(0);
        });
        accept("i1", atServer());
        awaitWaiting("i1", "its source, or the work folder, can't be read or written; the service's log says why");

        server.restore("GET " + TRAIN_IMAGES);
        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void rejectsARequestOfAnEarlierReleaseThatNoFileSystemCanMeet() throws Exception {
        Job job = ingest(
                "i1",
                DatasetSource.newBuilder()
                        .setFolder(folder + "/" + "s".repeat(300))
                        .build());

        assertThat(job.state(IngestionResult.class).decision().reason())
                .startsWith("source.folder is \"")
                .endsWith("at most 255 bytes of UTF-8 between two slashes");
        assertThat(job.fold().result().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void endsAtItsDeadlineWhileItWaits() throws Exception {
        server.answer("HEAD " + TRAIN_IMAGES, (exchange, name) -> exchange.sendResponseHeaders(503, -1));
        accept(request("i1", atServer()).setDeadline(Durations.fromSeconds(1)).build());

        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rejected("datasets/tiny/journal/1").getReason())
                .isEqualTo("not ended within PT1S of its acceptance");
    }

    @Test
    void triesAStoreThatIsAwayAgain() throws Exception {
        store.failPuts(5);

        assertThat(ingest("i1", inFolder()).fold().result().orElseThrow().outcome())
                .isEqualTo(Outcome.SUCCEEDED);
        assertThat(store.blobsPut()).isEqualTo(7);
    }

    @Test
    void endsWithARejectionWhenItIsCancelled() throws Exception {
        server.answer("HEAD " + TRAIN_IMAGES, (exchange, name) -> exchange.sendResponseHeaders(503, -1));
        accept("i1", atServer());
        awaitWaiting("i1", "answers 503");

        jobs.cancel(new Name("i1"), "no longer wanted", Asker.within("a test"));

        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(rejected("datasets/tiny/journal/1").getReason()).isEqualTo("no longer wanted");
    }

    @Test
    void aCancelBeforeTheRequestRejectsItWhenItComes() throws Exception {
        jobs.cancel(new Name("i1"), "never mind", Asker.within("a test"));
        accept("i1", inFolder());

        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(rejected("datasets/tiny/journal/1").getReason()).isEqualTo("never mind");
    }

    @Test
    void aSuccessorPublishesTheStoredEntry() throws Exception {
        Job first = ingest("i1", inFolder());
        published.clear();
        Files.delete(folder.resolve(TRAIN_IMAGES));
        // The journal of a holder that ended between its decision and its result.
        store.list(Artifacts.journal(JobKind.INGESTION, first.id())).stream()
                .skip(1)
                .forEach(entry -> store.delete(entry.key()));
        accept("i1", inFolder());

        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(published).containsOnlyKeys("datasets/tiny/journal/1");
        assertThat(datasets.journal(DATASET).entries()).hasSize(1);
    }
}
