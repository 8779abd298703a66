package io.catwalk.ingestion;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What may be ingested, and what is without a request. */
@ConfigMapping(prefix = "catwalk.ingestion")
public interface IngestionConfig {
    /** The datasets to ingest at start, by name. Their folders and addresses are allowed to requests too. */
    Map<String, CatalogueEntry> catalogue();

    /** Folders below which requests may name one. */
    Optional<List<Path>> folderRoots();

    /** Base addresses that requests may name, exactly, as {@code https://example.org/mnist/}. */
    Optional<List<URI>> urls();

    /**
     * Hosts of allowed addresses that may resolve to private or loopback addresses. A host that is written as an IP
     * address needs no mention; link-local, multicast and unspecified addresses are never read, and refused as a base.
     */
    Optional<List<String>> privateHosts();

    /** How long a server may take to connect, and be silent after that. */
    @WithDefault("30s")
    Duration urlTimeout();

    /** The largest IDX file, inflated. A dataset is held in memory while it is checked, so stay well below the heap. */
    @WithDefault("128M")
    MemorySize maxFileSize();

    /**
     * The largest dataset, its four files together, inflated: so much of the heap it takes while it is checked. Two fifths
     * of the heap unless given.
     */
    Optional<MemorySize> maxDatasetSize();

    /**
     * How long after its acceptance an ingestion fails if it hasn't ended, waiting for its source included, where the
     * request has no deadline of its own.
     */
    @WithDefault("1d")
    Duration deadline();

    /** Where files are inflated to while they are checked; the system's folder for temporary files unless given. */
    Optional<Path> workFolder();

    /** A dataset of the catalogue; without a place it is passed over. */
    interface CatalogueEntry {
        /** A folder of this machine that holds the four files. */
        Optional<String> folder();

        /** A prefix in the bucket below which the four files lie. */
        Optional<String> storePrefix();

        /** A base address of the four files. */
        Optional<String> url();

        /** What the class numbers stand for, in order. */
        Optional<List<String>> labelNames();

        /** How many of the first training images become the validation set. */
        OptionalInt validationSize();
    }
}
