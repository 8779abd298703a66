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
     * address needs no mention; link-local, multicast and unspecified addresses and those of clouds' metadata services are never read,
     * and refused as a base.
     */
    Optional<List<String>> privateHosts();

    /** How long a server may take to connect, and be silent after that. */
    @WithDefault("30s")
    Duration urlTimeout();

    /** The largest IDX file, inflated. */
    @WithDefault("128M")
    MemorySize maxFileSize();

    /** The largest dataset, its four files together, inflated: so much of the work folder it takes, and twice that of pictures. */
    @WithDefault("2G")
    MemorySize maxDatasetSize();

    /** The most images of an IDX file, and the most labels. Each takes at most some 8 bytes of heap. */
    @WithDefault("10000000")
    int maxImages();

    /** Archives that clients send. */
    UploadConfig uploads();

    /** Archives of pictures. */
    Pictures pictures();

    /**
     * How long after its acceptance an ingestion fails if it hasn't ended, waiting for its source included, where the
     * request has no deadline of its own.
     */
    @WithDefault("1d")
    Duration deadline();

    /** Where files are inflated to while they are checked; the system's folder for temporary files unless given. */
    Optional<Path> workFolder();

    /** How archives are received; their largest size is that of pictures. */
    interface UploadConfig {
        /** How long an upload may be named by a request; it is deleted afterwards, once no open ingestion names it. */
        @WithDefault("1d")
        Duration keep();

        /** How many are received at the same time. Each takes a file of the work folder. */
        @WithDefault("4")
        int atOnce();
    }

    /** What an archive of pictures may hold. */
    interface Pictures {
        /** The largest archive, as it comes. */
        @WithDefault("2G")
        MemorySize maxArchiveSize();

        /** The most files, folders and links. Each picture takes at most some 80 bytes of heap, 130 with a list of labels. */
        @WithDefault("1000000")
        int maxFiles();

        /** All content, unpacked. It isn't kept. */
        @WithDefault("32G")
        MemorySize maxUnpackedSize();

        /** The largest file, unpacked; it is held in memory. */
        @WithDefault("32M")
        MemorySize maxFileSize();

        /** How many times its length what is unpacked may have; the first MiB is free. */
        @WithDefault("200")
        int maxRatio();

        /** The longest side of a picture, in pixels. */
        @WithDefault("16384")
        int maxSide();

        /** The most heap that decoding one picture may take, beside its file. An eighth of the heap unless given. */
        Optional<MemorySize> maxDecodedSize();
    }

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
