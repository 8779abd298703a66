package io.catwalk.training.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.catwalk.chassis.jobs.JobService;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Readiness;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * All runs as their journals tell them. What can't change any more, when a run was accepted and a run that is closed, is
 * read once. Every method may throw the store's exceptions.
 */
@Singleton
public class RunDirectory {
    private final Jobs jobs;
    private final RunHandler handler;
    private final Map<Name, Instant> accepted = new ConcurrentHashMap<>();
    private final Map<Name, Job> closed = new ConcurrentHashMap<>();

    @Inject
    RunDirectory(JobService jobs, RunHandler handler) {
        this(jobs.jobs(), handler);
    }

    RunDirectory(Jobs jobs, RunHandler handler) {
        this.jobs = jobs;
        this.handler = handler;
    }

    /**
     * A run.
     *
     * @param accepted when its journal was begun, on the store's clock
     * @param reason why it waits, failed or was cancelled; empty otherwise
     */
    public record Run(Job job, Instant accepted, RunLife life, String reason) {}

    public Optional<Run> find(Name id) {
        return job(id).flatMap(job -> accepted(id).map(time -> run(job, time)));
    }

    /** The newest first; runs that this release can't read are left out. */
    public List<Run> newest(int limit) {
        return ids().stream()
                .sorted(Comparator.comparing((Name id) -> accepted.get(id))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .flatMap(id -> readable(id).stream())
                .limit(limit)
                .toList();
    }

    /** How many runs there are of each life. */
    public Map<RunLife, Long> count() {
        Map<RunLife, Long> counts = new EnumMap<>(RunLife.class);
        Stream.of(RunLife.values()).forEach(life -> counts.put(life, 0L));
        ids().stream().flatMap(id -> readable(id).stream()).forEach(run -> counts.merge(run.life(), 1L, Long::sum));
        return counts;
    }

    private List<Name> ids() {
        return jobs.ids().stream().filter(id -> accepted(id).isPresent()).toList();
    }

    private Optional<Run> readable(Name id) {
        try {
            return find(id);
        } catch (UnknownEntryException e) {
            return Optional.empty();
        }
    }

    private Optional<Instant> accepted(Name id) {
        Optional<Instant> known = Optional.ofNullable(accepted.get(id));
        return known.isPresent() ? known : remember(id, jobs.begun(id));
    }

    private Optional<Instant> remember(Name id, Optional<Instant> time) {
        time.ifPresent(begun -> accepted.put(id, begun));
        return time;
    }

    private Optional<Job> job(Name id) {
        Optional<Job> known = Optional.ofNullable(closed.get(id));
        if (known.isPresent()) {
            return known;
        }
        Optional<Job> job = jobs.find(id);
        job.filter(Job::closed).ifPresent(end -> closed.put(id, end));
        return job;
    }

    private Run run(Job job, Instant time) {
        Optional<JobResult> result = job.fold().result();
        if (result.isPresent()) {
            return new Run(job, time, RunLife.ended(result.get()), result.get().reason());
        }
        if (job.fold().holder().isPresent() || job.fold().cancelled().isPresent()) {
            RunLife life = job.fold().holder().isPresent() ? RunLife.RUNNING : RunLife.OPEN;
            return new Run(job, time, life, job.fold().cancelled().orElse(""));
        }
        return switch (handler.readiness(job)) {
            case Readiness.Ready ready -> new Run(job, time, RunLife.OPEN, "");
            case Readiness.Waiting(String reason) -> new Run(job, time, RunLife.WAITING, reason);
            case Readiness.Unmeetable(String reason) -> new Run(job, time, RunLife.OPEN, reason);
        };
    }
}
