package io.catwalk.chassis.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.journal.job.IndexBuilder;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobPlace;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Readiness;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a kind, to be shown: one, a page of them, or how many are open. A job that can't be read is shown as such and
 * hides no other. Every method may throw the store's exceptions.
 */
public final class JobDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(JobDirectory.class);
    /** Jobs of one page that the store may fail to show before it counts as unavailable. */
    private static final int MAX_FAILURES = 3;

    private final Jobs jobs;
    private final JobHandler handler;
    private final IndexBuilder index;
    private final ClosedJobs closed;

    /**
     * @param handler says what an open job waits for
     * @param index sees to the index of these jobs
     */
    public JobDirectory(Jobs jobs, JobHandler handler, IndexBuilder index) {
        this.jobs = jobs;
        this.handler = handler;
        this.index = index;
        this.closed = new ClosedJobs(jobs.index());
    }

    /**
     * A job.
     *
     * @param accepted when its journal was begun, on the store's clock
     * @param reason why it waits, failed, was cancelled or can't be read; empty otherwise
     * @param job unless it can't be read
     */
    public record Listed(Name id, Instant accepted, JobLife life, String reason, Optional<Job> job) {}

    /**
     * Some jobs, the newest first.
     *
     * @param next what the next page comes after; empty for the last page
     * @param complete whether all jobs that there are have their places; not so while the index is being built
     */
    public record Page<T>(List<T> jobs, Optional<JobPlace> next, boolean complete) {
        public Page {
            jobs = List.copyOf(jobs);
        }
    }

    /** A whole job; empty for an unknown one, and for one of which only a cancel has arrived yet. */
    public Optional<Listed> find(Name id) {
        return jobs.begun(id).flatMap(accepted -> find(new JobPlace(id, accepted), jobs::find));
    }

    /**
     * A page of jobs, each as its view: the jobs themselves may be large. A closed job comes without its request where that is
     * longer than {@link Job#MAX_BRIEF_REQUEST}.
     *
     * @param after what the page comes after; empty for the first page
     */
    public <T> Page<T> page(Optional<JobPlace> after, int limit, Function<Listed, T> view) {
        boolean complete = index.done();
        List<T> shown = new ArrayList<>();
        Failures failures = new Failures();
        Optional<JobPlace> last = after;
        while (true) {
            // One more shows whether there is another page.
            int asked = limit - shown.size() + 1;
            List<JobPlace> places = jobs.index().places(last, asked);
            for (JobPlace place : places) {
                if (shown.size() == limit) {
                    return new Page<>(shown, last, complete);
                }
                last = Optional.of(place);
                tolerantly(place, failures).map(listed -> shown(listed, view)).ifPresent(shown::add);
            }
            if (places.size() < asked) {
                return new Page<>(shown, Optional.empty(), complete);
            }
        }
    }

    /** How many jobs there are of each life that isn't over. Costs what is open. */
    public Map<JobLife, Long> countOpen() {
        Map<JobLife, Long> counts = new EnumMap<>(JobLife.class);
        Stream.of(JobLife.values()).filter(life -> !life.isOver()).forEach(life -> counts.put(life, 0L));
        Failures failures = new Failures();
        for (Name id : jobs.open()) {
            Optional<Listed> listed = tolerantly(new JobPlace(id, Instant.EPOCH), failures);
            listed.map(Listed::life)
                    .filter(life -> !life.isOver())
                    .ifPresent(life -> counts.merge(life, 1L, Long::sum));
        }
        return counts;
    }

    /** A job that the store fails to show is shown as such, unless it fails for others too. */
    private Optional<Listed> tolerantly(JobPlace place, Failures failures) {
        try {
            return find(place, id -> closed.find(id).or(() -> jobs.find(id)));
        } catch (StoreUnavailableException | StoreRefusedException e) {
            failures.count++;
            if (failures.count > MAX_FAILURES) {
                throw e;
            }
            return Optional.of(unreadable(place, ErrorCategory.shown(e, LOG)));
        }
    }

    private Optional<Listed> find(JobPlace place, Function<Name, Optional<Job>> source) {
        return Reading.of(() -> source.apply(place.id())
                        .filter(job -> !job.isOnlyCancelled())
                        .map(job -> listed(job, place.accepted())))
                .orElse(reason -> Optional.of(unreadable(place, reason)));
    }

    /** A job of which no view can be made is shown as one that can't be read. */
    private static <T> T shown(Listed listed, Function<Listed, T> view) {
        JobPlace place = new JobPlace(listed.id(), listed.accepted());
        return Reading.of(() -> view.apply(listed)).orElse(reason -> view.apply(unreadable(place, reason)));
    }

    private static Listed unreadable(JobPlace place, String reason) {
        return new Listed(place.id(), place.accepted(), JobLife.UNREADABLE, reason, Optional.empty());
    }

    private Listed listed(Job job, Instant accepted) {
        Optional<JobResult> result = job.fold().result();
        if (result.isPresent()) {
            return listed(
                    job, accepted, JobLife.ended(result.get()), result.get().reason());
        }
        if (job.fold().holder().isPresent() || job.fold().cancelled().isPresent()) {
            JobLife life = job.fold().holder().isPresent() ? JobLife.RUNNING : JobLife.OPEN;
            return listed(job, accepted, life, job.fold().cancelled().orElse(""));
        }
        return switch (handler.readiness(job)) {
            case Readiness.Ready ready -> listed(job, accepted, JobLife.OPEN, "");
            case Readiness.Waiting(String reason) -> listed(job, accepted, JobLife.WAITING, reason);
            case Readiness.Unmeetable(String reason) -> listed(job, accepted, JobLife.OPEN, reason);
        };
    }

    private static Listed listed(Job job, Instant accepted, JobLife life, String reason) {
        return new Listed(job.id(), accepted, life, reason, Optional.of(job));
    }

    /** Jobs that the store has failed to show. */
    private static final class Failures {
        private int count;
    }
}
