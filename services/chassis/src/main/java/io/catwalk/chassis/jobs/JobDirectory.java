package io.catwalk.chassis.jobs;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Readiness;
import io.catwalk.objectstore.Name;

/**
 * All jobs of a kind as their journals tell them. What can't change any more, when a job was accepted and a job that is
 * closed, is read once. Every method may throw the store's exceptions.
 */
public final class JobDirectory {
    private final Jobs jobs;
    private final JobHandler handler;
    private final Map<Name, Instant> accepted = new ConcurrentHashMap<>();
    private final Map<Name, Job> closed = new ConcurrentHashMap<>();

    /** @param handler tells what an open job waits for */
    public JobDirectory(Jobs jobs, JobHandler handler) {
        this.jobs = jobs;
        this.handler = handler;
    }

    /**
     * A job.
     *
     * @param accepted when its journal was begun, on the store's clock
     * @param reason why it waits, failed or was cancelled; empty otherwise
     */
    public record Listed(Job job, Instant accepted, JobLife life, String reason) {}

    /** Empty for an unknown one, and for one of which only a cancel has come yet. */
    public Optional<Listed> find(Name id) {
        return job(id).filter(job -> job.fold().request().isPresent())
                .flatMap(job -> accepted(id).map(time -> listed(job, time)));
    }

    /** The newest first; jobs that this release can't read are left out. */
    public List<Listed> newest(int limit) {
        return ids().stream()
                .sorted(Comparator.comparing((Name id) -> accepted.get(id))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .flatMap(id -> readable(id).stream())
                .limit(limit)
                .toList();
    }

    /** How many jobs there are of each life. */
    public Map<JobLife, Long> count() {
        Map<JobLife, Long> counts = new EnumMap<>(JobLife.class);
        Stream.of(JobLife.values()).forEach(life -> counts.put(life, 0L));
        ids().stream().flatMap(id -> readable(id).stream()).forEach(job -> counts.merge(job.life(), 1L, Long::sum));
        return counts;
    }

    private List<Name> ids() {
        return jobs.ids().stream().filter(id -> accepted(id).isPresent()).toList();
    }

    private Optional<Listed> readable(Name id) {
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

    private Listed listed(Job job, Instant time) {
        Optional<JobResult> result = job.fold().result();
        if (result.isPresent()) {
            return new Listed(
                    job, time, JobLife.ended(result.get()), result.get().reason());
        }
        if (job.fold().holder().isPresent() || job.fold().cancelled().isPresent()) {
            JobLife life = job.fold().holder().isPresent() ? JobLife.RUNNING : JobLife.OPEN;
            return new Listed(job, time, life, job.fold().cancelled().orElse(""));
        }
        return switch (handler.readiness(job)) {
            case Readiness.Ready ready -> new Listed(job, time, JobLife.OPEN, "");
            case Readiness.Waiting(String reason) -> new Listed(job, time, JobLife.WAITING, reason);
            case Readiness.Unmeetable(String reason) -> new Listed(job, time, JobLife.OPEN, reason);
        };
    }
}
