package io.catwalk.ingestion.upload;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes uploads after their time, but for those that an open ingestion names. Whatever was accepted within that time is seen to be open, as the
 * ingestions are read after it: so an upload that was named in time is there until its ingestion has ended. One that is named
 * later may be gone, which rejects the dataset.
 */
public final class UploadExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(UploadExpiry.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final ObjectStore store;
    private final Uploads uploads;
    private final Jobs ingestions;
    private final Duration keep;

    /** @param keep how long an upload may be named */
    public UploadExpiry(ObjectStore store, Uploads uploads, Jobs ingestions, Duration keep) {
        this.store = store;
        this.uploads = uploads;
        this.ingestions = ingestions;
        this.keep = keep;
    }

    /** Deletes them from time to time, until it is interrupted. */
    public void run() throws InterruptedException {
        Duration pause = keep.dividedBy(4);
        while (true) {
            try {
                deleteExpired();
            } catch (StoreUnavailableException | StoreRefusedException | UnknownEntryException | IOException e) {
                LOG.warn("uploads are deleted later: {}", e.toString());
            }
            Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        }
    }

    void deleteExpired() throws IOException {
        uploads.deleteFilesBefore(Instant.now().minus(keep));
        Instant before = store.time().minus(keep);
        List<ObjectSummary> expired = store.list(Artifacts.uploads()).stream()
                .filter(upload -> upload.lastModified().isBefore(before))
                .toList();
        Set<String> named = expired.isEmpty() ? Set.of() : named();
        for (ObjectSummary upload : expired) {
            if (!named.contains(upload.name())) {
                store.delete(upload.key());
                LOG.info("{} is deleted, {} after it came", upload.key(), keep);
            }
        }
    }

    /** By ingestions that are open; one that can't be read may name any. */
    private Set<String> named() {
        return ingestions.open().stream()
                .flatMap(id -> ingestions.find(id).stream())
                .flatMap(job -> job.fold().request().stream())
                .map(request -> request.path("source").path("upload").asText())
                .collect(Collectors.toSet());
    }
}
