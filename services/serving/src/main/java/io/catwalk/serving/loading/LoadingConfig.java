package io.catwalk.serving.loading;

import java.nio.file.Path;
import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How versions get from the store into memory. */
@ConfigMapping(prefix = "catwalk.loading")
public interface LoadingConfig {
    /** Where archives are kept by digest, so that a restart needs no store. Several processes may share it. */
    @WithDefault("${java.io.tmpdir}/catwalk-serving")
    Path cacheFolder();

    /** Bytes of archives that are kept; the longest unused go first. */
    @WithDefault("1073741824")
    long maxCacheBytes();

    /** Bytes that one model may have unpacked. */
    @WithDefault("1073741824")
    long maxModelBytes();

    /** Time from a failure of the store or the disk to the next try; doubled with each failure up to {@link #maxRetry}. */
    @WithDefault("1s")
    Duration retry();

    /** The longest time between two tries. */
    @WithDefault("30s")
    Duration maxRetry();

    /** Time until a version that was refused is tried again, as its archive may have been mended. */
    @WithDefault("5m")
    Duration refusedRetry();

    /** Time for which the metrics of a version that is served no more can still be read. */
    @WithDefault("10m")
    Duration metricsGrace();
}
