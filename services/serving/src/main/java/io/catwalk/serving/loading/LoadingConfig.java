package io.catwalk.serving.loading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How versions are loaded. */
@ConfigMapping(prefix = "catwalk.loading")
public interface LoadingConfig {
    /** The cache of archives, with which a restart needs no store. Several processes may share it. */
    @WithDefault("${java.io.tmpdir}/catwalk-serving")
    Path cacheFolder();

    /** Bytes of cached archives; the least recently used are evicted first. */
    @WithDefault("1073741824")
    long maxCacheBytes();

    /** The most bytes of one model, unpacked. */
    @WithDefault("1073741824")
    long maxModelBytes();

    /**
     * The most bytes of all tensors that a model makes of one batch of {@code catwalk.queue.max-batch} images, constants aside. That is
     * more than an engine holds at once, but each of the batches that run at the same time makes its own. A model that needs more
     * is refused.
     */
    @WithDefault("2147483648")
    long maxTensorBytes();

    /** Time from a failure of the store or the disk to the next attempt; doubled with each failure up to {@link #maxRetry}. */
    @WithDefault("1s")
    Duration retry();

    /** The longest time between two attempts. */
    @WithDefault("30s")
    Duration maxRetry();

    /** Time until a refused version is tried again, as its archive may have been repaired. */
    @WithDefault("5m")
    Duration refusedRetry();

    /** Time for which the metrics of a version are still exposed after it is unloaded. */
    @WithDefault("10m")
    Duration metricsGrace();

    /**
     * Time without a request after which a version's engine is unloaded, to be loaded again by the next request; unless set,
     * loaded versions stay in memory.
     */
    Optional<Duration> idleTimeout();

    /** The versions that are loaded besides those under labels. */
    Versions versions();

    /** As {@link VersionPolicy}. */
    interface Versions {
        /** How many of the latest published versions of each model. */
        @WithDefault("0")
        int latest();

        /** Versions by the model's name, instead of its latest ones. */
        Map<String, Set<Long>> specific();

        default VersionPolicy policy() {
            return new VersionPolicy(latest(), specific());
        }
    }
}
