package io.catwalk.dataset;

import java.nio.file.Path;

/**
 * A dataset that was read, with its uncompressed files.
 *
 * @param dataset checked as a whole
 * @param files hold exactly what the manifest's digests say
 */
public record StagedDataset(Dataset dataset, IdxFiles<Path> files) {}
