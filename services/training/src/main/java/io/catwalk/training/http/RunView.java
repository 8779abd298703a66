package io.catwalk.training.http;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.journal.Asker;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFold;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.run.RunState;
import io.catwalk.training.run.TrainedModel;

/**
 * A run as HTTP shows it.
 *
 * @param reason why it waits, failed, was cancelled or can't be read; empty otherwise
 * @param accepted on the store's clock
 * @param request as it was received
 * @param askedBy who asked for it
 * @param cancelledBy who asked for its end
 * @param datasetDigest of the manifest, once it is pinned
 * @param step steps done: the newest that the holder showed, else what is recorded
 * @param epoch the last one that is recorded; 0 before the first
 * @param latest that epoch's figures
 * @param progress what the holder last showed of the open epoch
 * @param attempts trainers that took it for work
 * @param holder the trainer that has its lease
 */
record RunView(
        String runId,
        JobLife state,
        String reason,
        Instant accepted,
        Optional<JsonNode> request,
        Optional<Asker> askedBy,
        Optional<Asker> cancelledBy,
        Optional<String> datasetDigest,
        long step,
        Optional<Long> totalSteps,
        int epoch,
        Optional<EpochFigures> latest,
        Optional<JsonNode> progress,
        int attempts,
        Optional<String> holder,
        Optional<TrainedModel> model,
        Links links) {

    /** Where more of the run is. */
    record Links(String self, String curves, String tensorboard, String cancel) {
        static Links of(String runId) {
            String self = "/runs/" + runId;
            return new Links(self, self + "/curves.csv", self + "/tensorboard", self + "/cancel");
        }
    }

    /** @param shown what the holder last showed */
    static RunView of(Listed run, Optional<JsonNode> shown, Optional<Integer> epochs) {
        return run.job().map(job -> of(run, job, shown, epochs)).orElseGet(() -> unreadable(run, run.reason()));
    }

    /** A run of which only its place is known. */
    static RunView unreadable(Listed run, String reason) {
        return new RunView(
                run.id().value(),
                JobLife.UNREADABLE,
                reason,
                run.accepted(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Links.of(run.id().value()));
    }

    /** The same without a long request. */
    RunView brief() {
        return new RunView(
                runId,
                state,
                reason,
                accepted,
                request.filter(Job::isBrief),
                askedBy,
                cancelledBy,
                datasetDigest,
                step,
                totalSteps,
                epoch,
                latest,
                progress,
                attempts,
                holder,
                model,
                links);
    }

    private static RunView of(Listed run, Job job, Optional<JsonNode> shown, Optional<Integer> epochs) {
        Optional<RunState> state = RunState.of(job);
        Optional<JsonNode> progress = shown.filter(JsonNode::isObject).filter(unused -> run.life() == JobLife.RUNNING);
        long recorded = state.map(RunState::step).orElse(0L);
        return new RunView(
                job.id().value(),
                run.life(),
                run.reason(),
                run.accepted(),
                job.fold().request(),
                job.fold().askedBy(),
                job.fold().cancelledBy(),
                state.map(RunState::datasetDigest),
                progress.map(node -> node.path("step").asLong(recorded)).orElse(recorded),
                state.flatMap(known -> epochs.map(count -> (long) known.stepsPerEpoch() * count)),
                state.map(RunState::epochs).orElse(0),
                state.flatMap(RunState::latest),
                progress,
                job.fold().attempts(),
                job.fold().holder().map(JobFold.LeaseHolder::writer).filter(unused -> run.life() == JobLife.RUNNING),
                state.flatMap(RunState::model),
                Links.of(job.id().value()));
    }
}
