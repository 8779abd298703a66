package io.catwalk.ingestion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.dataset.DatasetReader;
import io.catwalk.dataset.IdxLimits;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.RequestDigest;
import io.catwalk.ingestion.TinyDataset;
import io.catwalk.ingestion.WatchedStore;
import io.catwalk.ingestion.source.AllowedUrls;
import io.catwalk.ingestion.source.FileServer;
import io.catwalk.ingestion.source.FolderSources;
import io.catwalk.ingestion.source.Sources;
import io.catwalk.ingestion.source.StoreSources;
import io.catwalk.ingestion.source.UrlSources;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Event;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.JobSettings;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Readiness;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.picture.PictureLimits;
import io.catwalk.pictureset.ArchiveLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A handler at work on a store in memory. */
abstract class HandlerFixture {
    static final Name DATASET = new Name("tiny");
    private static final JobSettings SETTINGS = new JobSettings(1, Duration.ofMillis(20), 6, 3, Duration.ofMinutes(5));

    private static final PictureIntakeLimits LIMITS = new PictureIntakeLimits(
            1 << 20, new ArchiveLimits(1000, 1 << 22, 1 << 20, 200), new PictureLimits(512, 1 << 22), 1 << 20);

    final WatchedStore store = new WatchedStore();
    final Jobs jobs = new Jobs(store, JobKind.INGESTION, "test", SETTINGS.retry());
    final DatasetStore datasets =
            new DatasetStore(store, new Blobs(store), "test", new Retry(Duration.ofMillis(1), Duration.ofMillis(10)));
    final Map<String, Event> published = new LinkedHashMap<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<JobRunner> runners = new ArrayList<>();

    @TempDir
    Path top;

    Path folder;
    FileServer server;
    IngestionHandler handler;

    @BeforeEach
    void start() throws Exception {
        folder = TinyDataset.write(top.resolve("data"), TinyDataset.files(1));
        server = new FileServer(TinyDataset.files(1));
        startRunner();
    }

    @AfterEach
    void stop() throws Exception {
        for (JobRunner runner : runners) {
            runner.stop();
        }
        server.close();
        assertThat(top.resolve("work"))
                .satisfiesAnyOf(
                        work -> assertThat(work).doesNotExist(),
                        work -> assertThat(work).isEmptyDirectory());
    }

    void startRunner() {
        Sources sources = new Sources(
                new FolderSources(List.of(folder)),
                new StoreSources(store),
                new UrlSources(new AllowedUrls(List.of(server.base()), List.of()), Duration.ofSeconds(5)));
        SourceWatch watch =
                new SourceWatch(sources::require, poll -> Thread.ofVirtual().start(poll), System::nanoTime, () -> {});
        handler = new IngestionHandler(
                watch,
                new DatasetIntake(sources, new DatasetReader(new IdxLimits(1000, 100, 10)), new PictureIntake(LIMITS)),
                new DatasetUpload(datasets, new Blobs(store)),
                new DatasetDecisions(datasets, InstantSource.system()),
                new DatasetMetrics(registry),
                top.resolve("work"),
                Duration.ofMinutes(5));
        JobRunner runner = new JobRunner(jobs, handler, this::publish, SETTINGS, () -> {});
        runner.start();
        runners.add(runner);
    }

    private synchronized CompletionStage<?> publish(String id, Event event) {
        published.put(id, event);
        return CompletableFuture.completedFuture(null);
    }

    DatasetSource inFolder() {
        return DatasetSource.newBuilder().setFolder(folder.toString()).build();
    }

    Job ingest(String id, DatasetSource source) throws InterruptedException {
        accept(id, source);
        return awaitClosed(id);
    }

    DatasetSource atServer() {
        return DatasetSource.newBuilder().setUrl(server.base().toString()).build();
    }

    void accept(String id, DatasetSource source) throws InterruptedException {
        accept(request(id, source).build());
    }

    void accept(DatasetRequested request) throws InterruptedException {
        jobs.accept(
                new Name(request.getIngestionId()),
                EventJson.tree(request),
                RequestDigest.of(request),
                Asker.within("a test"));
    }

    static DatasetRequested.Builder request(String id, DatasetSource source) {
        return DatasetRequested.newBuilder()
                .setIngestionId(id)
                .setDataset(DATASET.value())
                .setSource(source)
                .addAllLabelNames(List.of("coat", "bag"))
                .setValidationSize(3);
    }

    void awaitWaiting(String id, String reason) {
        await().until(() -> {
            Job job = jobs.find(new Name(id)).orElseThrow();
            return job.fold().holder().isEmpty()
                    && handler.readiness(job) instanceof Readiness.Waiting waiting
                    && waiting.reason().contains(reason);
        });
    }

    Job awaitClosed(String id) {
        await().until(() -> jobs.find(new Name(id)).filter(Job::closed).isPresent());
        return jobs.find(new Name(id)).orElseThrow();
    }

    synchronized DatasetReady ready(String eventId) {
        return EventJson.fromJson(
                EventType.DATASET_READY, published.get(eventId).body());
    }

    synchronized DatasetRejected rejected(String eventId) {
        return EventJson.fromJson(
                EventType.DATASET_REJECTED, published.get(eventId).body());
    }

    /** A stored dataset. */
    MappedDataset load(Digest digest) {
        return new LocalDatasets(datasets, top.resolve("copies")).load(digest, () -> {});
    }
}
