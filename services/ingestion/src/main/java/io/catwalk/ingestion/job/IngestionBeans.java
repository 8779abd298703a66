package io.catwalk.ingestion.job;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.JobServices;
import io.catwalk.dataset.DatasetReader;
import io.catwalk.dataset.IdxLimits;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.ingestion.IngestionConfig;
import io.catwalk.ingestion.IngestionConfig.CatalogueEntry;
import io.catwalk.ingestion.source.AllowedUrls;
import io.catwalk.ingestion.source.FolderSources;
import io.catwalk.ingestion.source.Sources;
import io.catwalk.ingestion.source.StoreSources;
import io.catwalk.ingestion.source.UrlSources;
import io.catwalk.ingestion.upload.UploadExpiry;
import io.catwalk.ingestion.upload.Uploads;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.picture.PictureLimits;
import io.catwalk.pictureset.ArchiveLimits;
import io.catwalk.supervision.Supervisor;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The service's jobs and what they work with, for injection. */
@Singleton
class IngestionBeans {
    @Produces
    @Singleton
    Sources sources(IngestionConfig config, ObjectStore store) {
        AllowedUrls allowed =
                new AllowedUrls(urls(config), config.privateHosts().orElse(List.of()));
        return new Sources(
                new FolderSources(folderRoots(config)),
                new StoreSources(store),
                new UrlSources(allowed, config.urlTimeout()));
    }

    @Produces
    @Singleton
    DatasetMetrics metrics(MeterRegistry registry) {
        return new DatasetMetrics(registry);
    }

    @Produces
    @Singleton
    IngestionHandler handler(
            IngestionConfig config,
            Sources sources,
            DatasetStore datasets,
            Blobs blobs,
            DatasetMetrics metrics,
            Clock clock,
            Instance<JobService> jobs) {
        SourceWatch watch = new SourceWatch(
                sources::require,
                poll -> Supervisor.ofProcess().start("poll-source", poll::run),
                System::nanoTime,
                () -> jobs.get().nudge());
        return new IngestionHandler(
                watch,
                intake(config, sources),
                new DatasetUpload(datasets, blobs),
                new DatasetDecisions(datasets, clock),
                metrics,
                workFolder(config),
                config.deadline());
    }

    @Produces
    @Singleton
    JobService jobs(JobServices services, IngestionHandler handler) {
        return services.of(handler);
    }

    @Produces
    @Singleton
    Uploads uploads(IngestionConfig config, ObjectStore store) {
        return new Uploads(
                store,
                workFolder(config),
                config.pictures().maxArchiveSize().asLongValue(),
                config.uploads().atOnce());
    }

    @Produces
    @Singleton
    UploadExpiry uploadExpiry(IngestionConfig config, ObjectStore store, Uploads uploads, JobService jobs) {
        return new UploadExpiry(store, uploads, jobs.jobs(), config.uploads().keep());
    }

    private static Path workFolder(IngestionConfig config) {
        return config.workFolder().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "catwalk"));
    }

    private static DatasetIntake intake(IngestionConfig config, Sources sources) {
        long maxDatasetBytes = config.maxDatasetSize().asLongValue();
        IdxLimits limits =
                new IdxLimits(config.maxFileSize().asLongValue(), config.maxImages(), ImageDimensions.MAX_SIDE);
        return new DatasetIntake(
                sources,
                new DatasetReader(limits, maxDatasetBytes),
                new PictureIntake(pictureLimits(config.pictures(), maxDatasetBytes)));
    }

    private static PictureIntakeLimits pictureLimits(IngestionConfig.Pictures config, long maxDatasetBytes) {
        return new PictureIntakeLimits(
                config.maxArchiveSize().asLongValue(),
                new ArchiveLimits(
                        config.maxFiles(),
                        config.maxUnpackedSize().asLongValue(),
                        Math.toIntExact(config.maxFileSize().asLongValue()),
                        config.maxRatio()),
                new PictureLimits(
                        config.maxSide(),
                        config.maxDecodedSize()
                                .map(MemorySize::asLongValue)
                                .orElse(Runtime.getRuntime().maxMemory() / 8)),
                maxDatasetBytes);
    }

    private static List<Path> folderRoots(IngestionConfig config) {
        Stream<Path> catalogue = config.catalogue().values().stream()
                .map(CatalogueEntry::folder)
                .flatMap(Optional::stream)
                .map(Path::of);
        return Stream.concat(config.folderRoots().orElse(List.of()).stream(), catalogue)
                .toList();
    }

    private static List<URI> urls(IngestionConfig config) {
        Stream<URI> catalogue = config.catalogue().values().stream()
                .map(CatalogueEntry::url)
                .flatMap(Optional::stream)
                .map(URI::create);
        return Stream.concat(config.urls().orElse(List.of()).stream(), catalogue)
                .toList();
    }
}
