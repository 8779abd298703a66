package io.catwalk.history.rule;

import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.journal.job.JobFold;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;

/**
 * Each checkpoint that a run's newest entry names is there, with its length. Those of a closed run may be deleted for their
 * age, where that is noted, or may all have been moved away.
 */
public final class CheckpointsStored implements Rule<JobSnapshot> {
    @Override
    public String name() {
        return "checkpoints-stored";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        boolean mayBeGone =
                job.isClosed() && (job.checkpointsExpired() || job.checkpoints().isEmpty());
        if (job.kind() != JobKind.RUN || mayBeGone) {
            return;
        }
        Set<String> stored = job.checkpoints().stream()
                .map(object -> object.name() + " of " + object.size() + " bytes")
                .collect(Collectors.toSet());
        JsonNode named = job.newestFold()
                .map(JobFold::state)
                .map(state -> state.path("checkpoints"))
                .orElseGet(MissingNode::getInstance);
        for (JsonNode checkpoint : named) {
            String hex = checkpoint.path("digest").asText().replace("sha256:", "");
            if (!stored.contains(hex + " of " + checkpoint.path("bytes").asLong() + " bytes")) {
                finder.find(
                        job.unit() + "/checkpoints/" + hex,
                        "%d bytes, named by entry %d"
                                .formatted(
                                        checkpoint.path("bytes").asLong(),
                                        job.journal().numbers().getLast()),
                        job.checkpoints().stream()
                                .filter(object -> object.name().equals(hex))
                                .map(ObjectSummary::size)
                                .map(size -> size + " bytes")
                                .findFirst()
                                .orElse("nothing"),
                        "restore it from the bucket's backup; without it the run resumes from an older one, or begins again");
            }
        }
    }
}
