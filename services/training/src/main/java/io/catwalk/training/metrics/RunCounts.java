package io.catwalk.training.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.store.StoreCheck;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
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

/** {@code catwalk_runs{state}}: all runs by their lives, as the journals tell them; and the end of finished runs' series. */
@Singleton
class RunCounts {
    private static final Logger LOG = LoggerFactory.getLogger(RunCounts.class);

    private final JobService runs;
    private final RunSeries series;
    private final StoreCheck storeCheck;
    private final MultiGauge gauge;
    private final TrainingMetricsConfig config;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("refresh-metrics").factory());

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
        long distance = config.runsRefresh().toMillis();
        refresher.scheduleWithFixedDelay(this::refresh, 0, distance, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        refresher.shutdownNow();
    }

    private void refresh() {
        try {
            storeCheck.awaitPassed();
            series.expire();
            gauge.register(rows(runs.directory().count()), true);
        } catch (StoreUnavailableException | StoreRefusedException e) {
            LOG.warn("can't count the runs: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
