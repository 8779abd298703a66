package io.catwalk.serving.drift;

import java.time.Duration;

import io.catwalk.drift.DriftSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When requests differ from what a version was trained on. */
@ConfigMapping(prefix = "catwalk.drift")
public interface DriftConfig {
    /** Whether requests are compared at all. */
    @WithDefault("true")
    boolean enabled();

    /** How many of a version's newest images are compared, 100 to 1000000. */
    @WithDefault("500")
    int window();

    /** The population stability index from which a difference is an alarm. */
    @WithDefault("0.2")
    double threshold();

    /**
     * How often a comparison may reach its threshold by chance: where the window is too small for {@link #threshold}, a higher one
     * applies.
     */
    @WithDefault("0.000001")
    double falseAlarmRate();

    /** Interval between two tries to read a version's profile while the store is unavailable. */
    @WithDefault("30s")
    Duration retry();

    /** @throws IllegalArgumentException naming what is wrong */
    default DriftSettings settings() {
        return new DriftSettings(window(), threshold(), falseAlarmRate());
    }
}
