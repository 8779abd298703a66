package io.catwalk.training.http;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.journal.Asker;
import io.catwalk.journal.job.Job;
import io.catwalk.training.sweep.RequestedSweep;
import io.catwalk.training.sweep.SweepPlan;
import io.catwalk.training.sweep.SweepState;
import io.catwalk.training.sweep.halving.TrialRun;
import io.catwalk.training.sweep.space.Trial;

/**
 * A sweep as HTTP shows it.
 *
 * @param reason why it waits, failed, was cancelled or can't be read; empty otherwise
 * @param accepted on the store's clock
 * @param request as it was received
 * @param askedBy who asked for it
 * @param cancelledBy who asked for its end
 * @param datasetDigest of the manifest that all trials are trained on, once it is pinned
 * @param trials those that came furthest first, among them the best first; absent in a list
 * @param best the trial that leads, or has won; absent in a list
 * @param publishing the run that publishes it
 */
record SweepView(
        String sweepId,
        JobLife state,
        String reason,
        Instant accepted,
        Optional<JsonNode> request,
        Optional<Asker> askedBy,
        Optional<Asker> cancelledBy,
        Optional<String> datasetDigest,
        Optional<List<TrialView>> trials,
        Optional<TrialRun> best,
        Optional<TrialRun> publishing,
        Links links) {
    private static final Comparator<TrialView> FURTHEST_AND_BEST = Comparator.comparingInt(
                    (TrialView trial) -> -trial.epochs())
            .thenComparingDouble(trial -> -trial.accuracy())
            .thenComparingInt(TrialView::trial);

    /** Where more of the sweep is. */
    record Links(String self, String cancel) {
        static Links of(String sweepId) {
            return new Links("/sweeps/" + sweepId, "/sweeps/" + sweepId + "/cancel");
        }
    }

    /**
     * A trial.
     *
     * @param epochs that it has had
     * @param accuracy on the validation set after them; 0 before its first run has ended
     * @param runs by rung
     */
    record TrialView(int trial, Map<String, JsonNode> parameters, int epochs, double accuracy, List<TrialRun> runs) {
        static TrialView of(Trial trial, List<TrialRun> all) {
            List<TrialRun> own =
                    all.stream().filter(run -> run.trial() == trial.number()).toList();
            Optional<TrialRun.Reached> last =
                    own.stream().flatMap(run -> run.reached().stream()).reduce((earlier, later) -> later);
            return new TrialView(
                    trial.number(),
                    trial.parameters(),
                    last.map(TrialRun.Reached::epochs).orElse(0),
                    last.map(reached -> reached.validation().accuracy()).orElse(0.0),
                    own);
        }
    }

    static SweepView of(Listed sweep) {
        return sweep.job().map(job -> of(sweep, job)).orElseGet(() -> unreadable(sweep, sweep.reason()));
    }

    /** Without trials, which take the time to make them all, and without a long request. */
    static SweepView brief(Listed sweep) {
        Optional<SweepState> state = sweep.job().flatMap(SweepState::of);
        return new SweepView(
                sweep.id().value(),
                sweep.life(),
                sweep.reason(),
                sweep.accepted(),
                sweep.job().flatMap(job -> job.fold().request()).filter(Job::isBrief),
                sweep.job().flatMap(job -> job.fold().askedBy()),
                sweep.job().flatMap(job -> job.fold().cancelledBy()),
                state.map(SweepState::datasetDigest),
                Optional.empty(),
                Optional.empty(),
                state.flatMap(SweepState::publishing),
                Links.of(sweep.id().value()));
    }

    /** A sweep of which only its place is known. */
    static SweepView unreadable(Listed sweep, String reason) {
        return new SweepView(
                sweep.id().value(),
                JobLife.UNREADABLE,
                reason,
                sweep.accepted(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Links.of(sweep.id().value()));
    }

    private static SweepView of(Listed sweep, Job job) {
        Optional<SweepPlan> plan = RequestedSweep.plan(job);
        Optional<SweepState> state = SweepState.of(job);
        List<TrialRun> runs = state.map(SweepState::runs).orElseGet(List::of);
        return new SweepView(
                sweep.id().value(),
                sweep.life(),
                sweep.reason(),
                sweep.accepted(),
                job.fold().request(),
                job.fold().askedBy(),
                job.fold().cancelledBy(),
                state.map(SweepState::datasetDigest),
                Optional.of(plan.map(SweepPlan::trials).orElseGet(List::of).stream()
                        .map(trial -> TrialView.of(trial, runs))
                        .sorted(FURTHEST_AND_BEST)
                        .toList()),
                plan.flatMap(known -> known.ladder().best(runs)),
                state.flatMap(SweepState::publishing),
                Links.of(sweep.id().value()));
    }
}
