package io.catwalk.ingestion.upload;

import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/**
 * An archive that was received whole.
 *
 * @param id by which a request names it
 * @param bytes its length
 */
public record Upload(Name id, long bytes, Digest digest) {}
