package io.catwalk.chassis.jobs;

import java.time.Duration;

import io.catwalk.journal.job.JobSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How jobs are shared among a service's replicas. */
@ConfigMapping(prefix = "catwalk.jobs")
public interface JobsConfig {
    /** Jobs that this process works on at a time. */
    @WithDefault("1")
    int slots();

    /** Interval of polls of the open jobs, and of heartbeats. The same for all replicas. */
    @WithDefault("5s")
    Duration poll();

    /** Successive polls that find the same heartbeat before its holder counts as lost. */
    @WithDefault("6")
    int missed();

    /** Holders lost in a row without progress before a job fails. */
    @WithDefault("3")
    int maxLost();

    /** Releases in a row because of a failure, without progress, before a job fails; the waits between them double from one poll on. */
    @WithDefault("8")
    int maxFailures();

    /** How long work may show no progress before this process exits. */
    @WithDefault("5m")
    Duration stall();

    default JobSettings settings() {
        return new JobSettings(slots(), poll(), missed(), maxLost(), maxFailures(), stall());
    }
}
