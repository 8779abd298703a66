package io.catwalk.installation.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.catwalk.installation.retention.RetentionReport.Part;
import io.catwalk.installation.retention.RetentionReport.Tally;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.BlobDeletion;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;

/**
 * Deletes what nothing needs any more, while the installation runs: blobs that nothing names, and of closed runs the checkpoints that
 * nothing names, and those and the event files that are too old, and who asked for what the journals know by now. Journals, manifests and
 * what they name stay.
 *
 * <p>A blob stays while a job is open that was claimed before the blob was last stored: its holders, those that were lost too, may name
 * it still. That says nothing of time, so a holder may be frozen for as long as it likes. {@link BlobDeletion} sees to those that store
 * it meanwhile.
 */
public final class Retention {
    private static final int PAGE = 1000;
    /** By how much the clocks of a store's nodes may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);

    private final ObjectStore store;
    private final RetentionSettings settings;
    private final BlobDeletion deletion;

    public Retention(ObjectStore store, RetentionSettings settings) {
        this.store = store;
        this.settings = settings;
        this.deletion = new BlobDeletion(store, () -> new Name(UUID.randomUUID().toString()));
    }

    /**
     * @throws io.catwalk.objectstore.StoreUnavailableException when the store doesn't answer; what was done until then is whole
     * @throws io.catwalk.objectstore.StoreRefusedException when it refuses
     */
    public RetentionReport run() throws InterruptedException {
        try (Readers readers = new Readers(settings.readers())) {
            // Before anything is read: what is stored from now on is too young.
            Instant now = readers.ask(store::time);
            if (settings.delete()) {
                readers.ask(() -> {
                    deletion.clearMarks();
                    return true;
                });
            }
            BucketScan.Found found = new BucketScan(store, readers).run();
            RetentionReport report = new RetentionReport(settings.delete());
            deleteBlobs(found, now, report, readers);
            new RunRetention(store, settings, found.jobs(), now, readers).run(report);
            deleteCallers(now, report.of(Part.CALLERS), readers);
            return report;
        }
    }

    private void deleteCallers(Instant now, Tally tally, Readers readers) throws InterruptedException {
        Deleter deleter = new Deleter(store, readers, settings.delete());
        Instant cutoff = now.minus(settings.callersFor());
        for (JobKind kind : JobKind.values()) {
            for (ObjectSummary asked : readers.ask(() -> store.list(Artifacts.asked(kind)))) {
                if (asked.lastModified().isBefore(cutoff)) {
                    deleter.delete(asked, tally);
                }
            }
        }
    }

    private void deleteBlobs(BucketScan.Found found, Instant now, RetentionReport report, Readers readers)
            throws InterruptedException {
        Instant cutoff = cutoff(found.jobs(), now, report);
        String after = "";
        List<ObjectSummary> page;
        do {
            String last = after;
            page = readers.ask(() -> store.list(Artifacts.blobs(), last, PAGE));
            for (ObjectSummary blob : page) {
                if (blob.lastModified().isBefore(cutoff) && !found.named().contains(blob.name())) {
                    deleteBlob(blob, report.of(Part.BLOBS), readers);
                }
            }
            after = page.isEmpty() ? after : page.getLast().name();
        } while (page.size() == PAGE);
    }

    private Instant cutoff(List<KnownJob> jobs, Instant now, RetentionReport report) {
        Instant byAge = now.minus(settings.unreferencedFor());
        Optional<KnownJob> oldest = jobs.stream()
                .filter(job -> job.closed().isEmpty() && job.firstClaim().isPresent())
                .min((one, other) -> one.firstClaim()
                        .orElseThrow()
                        .compareTo(other.firstClaim().orElseThrow()));
        Instant byJobs = oldest.flatMap(KnownJob::firstClaim)
                .map(claim -> claim.minus(CLOCKS_DIFFER))
                .orElse(byAge);
        if (byJobs.isBefore(byAge)) {
            KnownJob job = oldest.orElseThrow();
            report.note("blobs stored since %s stay: %s/%s is open since then"
                    .formatted(byJobs, job.kind().folder(), job.id()));
            return byJobs;
        }
        return byAge;
    }

    private void deleteBlob(ObjectSummary blob, Tally tally, Readers readers) throws InterruptedException {
        Optional<Digest> digest = Digest.ofHex(blob.name());
        if (digest.isEmpty()) {
            return;
        }
        tally.found(blob.size());
        if (settings.delete()) {
            BlobDeletion.Outcome outcome = readers.ask(() -> deletion.delete(digest.get(), blob.lastModified()));
            switch (outcome) {
                case DELETED, GONE -> tally.deleted();
                case STORED_AGAIN -> {}
            }
        }
    }
}
