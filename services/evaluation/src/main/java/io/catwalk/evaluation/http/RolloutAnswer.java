package io.catwalk.evaluation.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.evaluation.rollout.job.RequestedRollout;
import io.catwalk.evaluation.rollout.job.RolloutProgress;
import io.catwalk.evaluation.rollout.job.RolloutState;
import io.catwalk.evaluation.rollout.judgement.Finding;
import io.catwalk.evaluation.rollout.replay.Replayed;
import io.catwalk.journal.Asker;
import io.catwalk.journal.JournalJson;

/**
 * A rollout by its journal.
 *
 * @param accepted on the store's clock
 * @param askedBy who asked for it
 * @param cancelledBy who asked for its end
 * @param outcome once it is decided
 * @param weight that the version has; 0 once it has ended
 * @param weights that it gets one after another
 * @param reason of the newest decision, or why the rollout can't be read
 * @param requests of the version so far
 * @param findings what is known at this weight, while there is a lease holder; else what the newest decision rests on
 * @param holding why it has no weight yet, or isn't raised even if it is found sound
 * @param replay what came of the logged requests that the version answered before it got a weight
 */
public record RolloutAnswer(
        String rolloutId,
        JobLife state,
        Instant accepted,
        Optional<String> model,
        Optional<String> label,
        Optional<Long> version,
        Optional<Long> stableVersion,
        Optional<Asker> askedBy,
        Optional<Asker> cancelledBy,
        Optional<RolloutState.Outcome> outcome,
        double weight,
        List<Double> weights,
        String reason,
        long requests,
        List<Finding> findings,
        Optional<String> holding,
        Optional<Replayed> replay,
        Links links) {

    /** Where more of the rollout is. */
    public record Links(String self, String cancel) {
        static Links of(String id) {
            return new Links("/rollouts/" + id, "/rollouts/" + id + "/cancel");
        }
    }

    /** @param shown the lease holder's latest progress */
    static RolloutAnswer of(Listed listed, Optional<JsonNode> shown) {
        Optional<RequestedRollout> request = listed.job().flatMap(RequestedRollout::of);
        Optional<RolloutState> state = listed.job().flatMap(RolloutState::of);
        Optional<RolloutProgress> progress = shown.filter(tree -> listed.life() == JobLife.RUNNING && tree.isObject())
                .map(tree -> JournalJson.record(tree, RolloutProgress.class));
        return new RolloutAnswer(
                listed.id().value(),
                listed.life(),
                listed.accepted(),
                request.map(known -> known.model().value()),
                request.map(RequestedRollout::label),
                request.map(RequestedRollout::version),
                state.map(known -> known.plan().stable().version()),
                listed.job().flatMap(job -> job.fold().askedBy()),
                listed.job().flatMap(job -> job.fold().cancelledBy()),
                state.flatMap(RolloutState::ending).map(RolloutState.Ending::outcome),
                state.map(RolloutState::weight).orElse(0.0),
                state.map(known -> known.plan().weights()).orElse(List.of()),
                state.map(RolloutState::reason).orElse(listed.reason()),
                state.map(RolloutState::requests).orElse(0L)
                        + progress.map(RolloutProgress::requests).orElse(0L),
                progress.map(RolloutProgress::findings)
                        .or(() -> state.map(RolloutState::findings))
                        .orElse(List.of()),
                progress.flatMap(RolloutProgress::holding),
                state.flatMap(RolloutState::replay),
                Links.of(listed.id().value()));
    }

    /** A rollout of which only its place is known. */
    static RolloutAnswer unreadable(Listed listed, String reason) {
        return new RolloutAnswer(
                listed.id().value(),
                JobLife.UNREADABLE,
                listed.accepted(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                reason,
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Links.of(listed.id().value()));
    }
}
