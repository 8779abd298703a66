package io.catwalk.history.rule;

import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.history.snapshot.JobStand;
import io.catwalk.journal.job.JobFold;
import io.catwalk.objectstore.JobKind;

/** Each run whose end a closed sweep has seen has a journal. */
public final class SweepRunsExist implements Rule<JobSnapshot> {
    private final Function<String, Optional<JobStand>> jobs;

    /** @param jobs how a job stands, by its unit */
    public SweepRunsExist(Function<String, Optional<JobStand>> jobs) {
        this.jobs = jobs;
    }

    @Override
    public String name() {
        return "sweep-runs-exist";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        if (job.kind() != JobKind.SWEEP || !job.isClosed()) {
            return;
        }
        JsonNode state = job.newestFold().map(JobFold::state).orElseThrow();
        state.path("runs").forEach(run -> requireJournal(job, run, finder));
        if (state.path("publishing").isObject()) {
            requireJournal(job, state.path("publishing"), finder);
        }
    }

    private void requireJournal(JobSnapshot job, JsonNode run, Finder finder) {
        String unit = JobKind.RUN.folder() + "/" + run.path("runId").asText();
        if (run.path("end").isObject() && jobs.apply(unit).isEmpty()) {
            finder.find(
                    job.unit(),
                    "a journal of " + unit + ", whose end the sweep has seen",
                    "none that can be read",
                    "restore the run's journal from the bucket's backup");
        }
    }
}
