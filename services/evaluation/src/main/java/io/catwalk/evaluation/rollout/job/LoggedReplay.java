package io.catwalk.evaluation.rollout.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.rollout.replay.CandidateReplay;
import io.catwalk.evaluation.rollout.replay.Replayed;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;

/** Has a rollout's candidate answer logged requests, and shows that it does. */
final class LoggedReplay {
    private static final JsonNode SHOWN =
            JournalJson.tree(RolloutProgress.waiting("its version answers logged requests"));

    private final Registry registry;
    private final CandidateReplay replay;

    LoggedReplay(Registry registry, CandidateReplay replay) {
        this.registry = registry;
        this.replay = replay;
    }

    /** @param plan with a replay */
    Replayed of(Lease lease, RolloutPlan plan) throws LeaseEndedException, InterruptedException {
        VersionManifest candidate = lease.retry()
                .untilAnswered(() ->
                        registry.version(plan.modelName(), plan.candidate().version()))
                .orElseThrow();
        CandidateReplay.Task task = new CandidateReplay.Task(
                plan.modelName(),
                plan.stable().modelDigest(),
                candidate,
                plan.replay().orElseThrow(),
                plan.terms().disagreementLimit(),
                plan.terms().harm());
        return replay.replay(task, lease.retry(), () -> {
            lease.check();
            lease.advanced(SHOWN);
        });
    }
}
