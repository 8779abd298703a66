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
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.ObjectStore;
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
        IdxLimits limits =
                new IdxLimits(config.maxFileSize().asLongValue(), Integer.MAX_VALUE, ImageDimensions.MAX_SIDE);
        SourceWatch watch = new SourceWatch(
                sources::locate,
                poll -> Supervisor.ofProcess().start("poll-source", poll::run),
                System::nanoTime,
                () -> jobs.get().nudge());
        return new IngestionHandler(
                sources,
                watch,
                new DatasetReader(limits, maxDatasetBytes(config)),
                new DatasetUpload(datasets, blobs),
                new DatasetDecisions(datasets, clock),
                metrics,
                config.workFolder().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "catwalk")),
                config.deadline());
    }

    @Produces
    @Singleton
    JobService jobs(JobServices services, IngestionHandler handler) {
        return services.of(handler);
    }

    private static long maxDatasetBytes(IngestionConfig config) {
        return config.maxDatasetSize()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / 5 * 2);
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
