package io.catwalk.chassis.store;

import java.net.URI;
import java.time.Duration;

import io.catwalk.objectstore.StoreSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How to reach the bucket. */
@ConfigMapping(prefix = "catwalk.store")
public interface StoreConfig {
    /** Address of the S3 service. */
    @WithDefault("http://127.0.0.1:9000")
    URI endpoint();

    /** The bucket's region, as S3 names it. */
    @WithDefault(StoreSettings.USUAL_REGION)
    String region();

    /** The bucket, which must exist. */
    @WithDefault("catwalk")
    String bucket();

    /** The access key's id. */
    String accessKey();

    /** The access key's secret. */
    String secretKey();

    /** How long one call may take to connect, to send or to answer. */
    @WithDefault("10s")
    Duration timeout();

    /** Distance of the small calls that show whether the store answers; three of them in vain make a service not ready. */
    @WithDefault("3s")
    Duration probeDistance();
}
