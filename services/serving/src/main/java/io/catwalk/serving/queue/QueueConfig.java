package io.catwalk.serving.queue;

import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The limits of queues and batches. */
@ConfigMapping(prefix = "catwalk.queue")
public interface QueueConfig {
    /** Images that may wait for one loaded version; a request beyond is refused with 429. */
    @WithDefault("2048")
    int maxWaitingImages();

    /** The most images of one request. */
    @WithDefault("1024")
    int maxImagesPerRequest();

    /** Images in one batch; a larger request is run in several parts. */
    @WithDefault("64")
    int maxBatch();

    /** Batches that run at the same time, of all models together; unless set, as many as there are processors. */
    OptionalInt dispatchers();

    /**
     * Time from a request's arrival to its answer; what takes longer is answered with 504. A request that would wait for half of
     * it, as fast as its model lately answered, is refused at once with 429.
     */
    @WithDefault("5s")
    Duration deadline();
}
