package io.catwalk.history.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.journal.EntryKind;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;

/** Each heartbeat is that of a claim, and none of a closed job is renewed for long. */
public final class HeartbeatsAreClaims implements Rule<JobSnapshot> {
    /** A replica that lost its lease notices within some polls; both times are on the store's clock. */
    private static final Duration LONGEST_AFTERLIFE = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "heartbeats-are-claims";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        Set<String> claims = job.journal().entries().stream()
                .filter(entry -> entry.entry().kind() == EntryKind.CLAIMED)
                .map(entry -> Long.toString(entry.number()))
                .collect(Collectors.toSet());
        Optional<Instant> closed = job.isClosed()
                ? Optional.of(job.journal().newest().orElseThrow().appended())
                : Optional.empty();
        for (ObjectSummary heartbeat : job.heartbeats()) {
            if (job.journal().isWhole() && !claims.contains(heartbeat.name())) {
                finder.find(
                        heartbeat.key().path(),
                        "a heartbeat of one of the claims " + claims,
                        "a heartbeat of entry " + heartbeat.name(),
                        "find out who writes it: no replica has such a lease");
            }
            if (closed.filter(end -> heartbeat.lastModified().isAfter(end.plus(LONGEST_AFTERLIFE)))
                    .isPresent()) {
                finder.find(
                        heartbeat.key().path(),
                        "no heartbeat, as the job was closed at " + closed.get(),
                        "one of " + heartbeat.lastModified(),
                        "restart the replica that writes it: it can't give up a job that has ended");
            }
        }
    }
}
