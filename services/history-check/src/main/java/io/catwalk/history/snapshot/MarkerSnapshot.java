package io.catwalk.history.snapshot;

import io.catwalk.objectstore.JobKind;

/**
 * A name under {@code open/} or in the index.
 *
 * @param key the object's
 * @param name what must be a job's id
 * @param hasJournal whether there is such a job
 */
public record MarkerSnapshot(JobKind kind, String key, String name, boolean hasJournal) {}
