package io.catwalk.installation.retention;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.catwalk.installation.retention.RetentionReport.Part;
import io.catwalk.installation.retention.RetentionReport.Tally;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;

/**
 * Deletes checkpoints and event files of closed runs. That a run's checkpoints are to go is noted before the first of those that its
 * journal names is deleted, so that a run that has lost one is told from it. A run that an open job names keeps its own.
 */
final class RunRetention {
    private final ObjectStore store;
    private final RetentionSettings settings;
    private final List<KnownJob> jobs;
    private final Instant now;
    private final Readers readers;
    private final Deleter deleter;
    private final Set<String> wanted;

    /** @param now the store's time before the jobs were read */
    RunRetention(ObjectStore store, RetentionSettings settings, List<KnownJob> jobs, Instant now, Readers readers) {
        this.store = store;
        this.settings = settings;
        this.jobs = jobs;
        this.now = now;
        this.readers = readers;
        this.deleter = new Deleter(store, readers, settings.delete());
        this.wanted = jobs.stream()
                .filter(job -> job.closed().isEmpty())
                .flatMap(job -> job.texts().stream())
                .collect(Collectors.toSet());
    }

    void run(RetentionReport report) throws InterruptedException {
        List<KnownJob> unreadable = jobs.stream()
                .filter(job -> job.closed().isEmpty() && job.newest().isEmpty())
                .toList();
        unreadable.forEach(
                job -> report.note("checkpoints of closed runs stay: %s/%s can't be read, and may continue any of them"
                        .formatted(job.kind().folder(), job.id())));
        for (KnownJob run : jobs) {
            if (run.kind() == JobKind.RUN && run.closed().isPresent()) {
                deleteCheckpoints(run, unreadable.isEmpty(), report.of(Part.CHECKPOINTS));
                deleteEventFiles(run, report.of(Part.EVENT_FILES));
            }
        }
    }

    private void deleteCheckpoints(KnownJob run, boolean allReadable, Tally tally) throws InterruptedException {
        boolean expired = allReadable
                && !wanted.contains(run.id().value())
                && settings.checkpointsAfter()
                        .filter(age -> run.closedBefore(now.minus(age)))
                        .isPresent();
        Set<String> named = run.checkpoints();
        List<ObjectSummary> stored = list(Artifacts.checkpoints(run.id()));
        if (expired && settings.delete() && stored.stream().anyMatch(object -> named.contains(object.name()))) {
            readers.ask(() -> store.createIfAbsent(Artifacts.checkpointsExpired(run.id()), new byte[0]));
        }
        Instant leftBehind = now.minus(settings.unreferencedFor());
        for (ObjectSummary checkpoint : stored) {
            boolean isNamed = named.contains(checkpoint.name());
            if (isNamed ? expired : checkpoint.lastModified().isBefore(leftBehind)) {
                deleter.delete(checkpoint, tally);
            }
        }
    }

    private void deleteEventFiles(KnownJob run, Tally tally) throws InterruptedException {
        if (settings.eventFilesAfter()
                .filter(age -> run.closedBefore(now.minus(age)))
                .isPresent()) {
            for (ObjectSummary file : list(Artifacts.tensorBoard(run.id()))) {
                deleter.delete(file, tally);
            }
        }
    }

    private List<ObjectSummary> list(Folder folder) throws InterruptedException {
        return readers.ask(() -> store.list(folder));
    }
}
