package io.catwalk.training.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.readiness.StoreCheck;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.supervision.Supervisor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code catwalk_runs{state}}: the runs that aren't closed by their lives, as in the journals: waiting, open, running,
 * or unreadable; and the end of finished runs' series. How runs ended {@code catwalk_jobs_total} counts.
 */
@Singleton
class RunCounts {
    private static final Logger LOG = LoggerFactory.getLogger(RunCounts.class);

    private final JobService runs;
    private final RunSeries series;
    private final StoreCheck storeCheck;
    private final MultiGauge gauge;
    private final TrainingMetricsConfig config;
    private final Thread refresher = Supervisor.ofProcess().unstarted("refresh-metrics", this::refreshLoop);

    @Inject
    RunCounts(
            JobService runs,
            RunSeries series,
            StoreCheck storeCheck,
            MeterRegistry registry,
            TrainingMetricsConfig config) {
        this.runs = runs;
        this.series = series;
        this.storeCheck = storeCheck;
        this.gauge = MultiGauge.builder("catwalk.runs").register(registry);
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        refresher.start();
    }

    void stop(@Observes ShutdownEvent event) {
        refresher.interrupt();
    }

    private void refreshLoop() throws InterruptedException {
        storeCheck.awaitPassed();
        while (true) {
            series.expire();
            refresh();
            Thread.sleep(config.runsRefresh());
        }
    }

    private void refresh() {
        try {
            gauge.register(rows(runs.directory().countOpen()), true);
        } catch (StoreUnavailableException | StoreRefusedException e) {
            LOG.warn("can't count the runs: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("can't count the runs", e);
        }
    }

    private static List<MultiGauge.Row<?>> rows(Map<JobLife, Long> counts) {
        return counts.entrySet().stream()
                .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(
                        Tags.of("state", count.getKey().name().toLowerCase(Locale.ROOT)), count.getValue()))
                .toList();
    }
}
