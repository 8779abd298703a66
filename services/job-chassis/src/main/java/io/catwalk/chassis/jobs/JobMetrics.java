package io.catwalk.chassis.jobs;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.catwalk.journal.job.JobObserver;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.objectstore.JobKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The jobs of a kind:
 *
 * <pre>
 * catwalk_jobs_open{kind}             not closed, with or without a lease; as of the last poll, absent before the first
 * catwalk_jobs_unreadable{kind}       those of them that this process can't read, check, claim or end; likewise
 * catwalk_jobs_claimed{kind}          claimed by this process
 * catwalk_jobs_total{kind,outcome}    concluded by this process: succeeded, failed or cancelled
 * </pre>
 */
final class JobMetrics implements JobObserver {
    private static final int NEVER_POLLED = -1;

    private final MeterRegistry registry;
    private final String kind;
    private final AtomicInteger open = new AtomicInteger(NEVER_POLLED);
    private final AtomicInteger unreadable = new AtomicInteger();
    private final Map<JobResult.Outcome, Counter> concluded;

    JobMetrics(MeterRegistry registry, JobKind kind) {
        this.registry = registry;
        this.kind = lowerCase(kind);
        this.concluded = Arrays.stream(JobResult.Outcome.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        this::counter,
                        (one, other) -> one,
                        () -> new EnumMap<>(JobResult.Outcome.class)));
    }

    /** Shows the runner's leases. */
    void follow(JobRunner runner) {
        Gauge.builder("catwalk.jobs.claimed", runner, jobs -> jobs.claimed().size())
                .description("Jobs claimed by this process")
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void polled(int jobs, int unreadableJobs) {
        unreadable.set(unreadableJobs);
        if (open.getAndSet(jobs) == NEVER_POLLED) {
            gauge("catwalk.jobs.open", "Jobs that aren't closed, with or without a lease", open);
            gauge("catwalk.jobs.unreadable", "Open jobs that can't be read, checked, claimed or ended", unreadable);
        }
    }

    @Override
    public void concluded(JobResult.Outcome outcome) {
        concluded.get(outcome).increment();
    }

    private void gauge(String name, String description, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get)
                .description(description)
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }

    private Counter counter(JobResult.Outcome outcome) {
        return Counter.builder("catwalk.jobs")
                .description("Jobs that this process has concluded")
                .tags("kind", kind, "outcome", lowerCase(outcome))
                .register(registry);
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
