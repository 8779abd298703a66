package io.catwalk.chassis.jobs;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.node.Node;
import io.catwalk.chassis.readiness.StoreCheck;
import io.catwalk.journal.job.IndexBuilder;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.JobSettings;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a handler's jobs this process's. */
@Singleton
public class JobServices {
    private static final Logger LOG = LoggerFactory.getLogger(JobServices.class);
    private static final int STALLED = 70;

    private final ObjectStore store;
    private final StoreCheck storeCheck;
    private final Node node;
    private final JobsConfig config;
    private final EventPublisher publisher;
    private final MeterRegistry registry;
    private final Map<String, JobDirectory> directories = new ConcurrentHashMap<>();

    @Inject
    JobServices(
            ObjectStore store,
            StoreCheck storeCheck,
            Node node,
            JobsConfig config,
            EventPublisher publisher,
            MeterRegistry registry) {
        this.store = store;
        this.storeCheck = storeCheck;
        this.node = node;
        this.config = config;
        this.publisher = publisher;
        this.registry = registry;
    }

    /** Its work occupies one of this process's slots. */
    public JobService of(JobHandler handler) {
        return of(handler, config.settings());
    }

    /** Its work hardly does anything but wait, so it needs no slot. */
    public JobService withoutSlots(JobHandler handler) {
        return of(handler, config.settings().withoutSlots());
    }

    private JobService of(JobHandler handler, JobSettings settings) {
        Jobs jobs = new Jobs(store, handler.kind(), node.writer(), settings.retry());
        JobMetrics metrics = new JobMetrics(registry, handler.kind());
        JobRunner runner = new JobRunner(
                jobs,
                handler,
                publisher,
                settings,
                metrics,
                failure -> ErrorCategory.shown(failure, LOG),
                () -> Runtime.getRuntime().halt(STALLED));
        metrics.follow(runner);
        IndexBuilder index = new IndexBuilder(jobs);
        JobDirectory directory = new JobDirectory(jobs, handler, index);
        directories.put(handler.kind().folder(), directory);
        return new JobService(jobs, runner, directory, index, storeCheck);
    }

    /** How many jobs of each kind, as {@code runs}, there are of each life that isn't over. Costs what is open. */
    Map<String, Map<JobLife, Long>> countOpen() {
        Map<String, Map<JobLife, Long>> counts = new TreeMap<>();
        directories.forEach((kind, directory) -> counts.put(kind, directory.countOpen()));
        return counts;
    }
}
