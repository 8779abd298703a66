package io.catwalk.objectstore;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach a bucket.
 *
 * @param endpoint of the S3 service, as {@code http://127.0.0.1:9000}
 * @param region of the bucket: calls are signed for it
 * @param credentials what calls are signed with
 * @param timeout of one call to the store; a call that takes longer counts as unavailable
 */
public record StoreSettings(
        URI endpoint, String region, String bucket, StoreCredentials credentials, Duration timeout) {
    /** What stores without regions are called with. */
    public static final String USUAL_REGION = "us-east-1";

    /** In the usual region, with keys. */
    public StoreSettings(URI endpoint, String bucket, String accessKey, String secretKey, Duration timeout) {
        this(endpoint, USUAL_REGION, bucket, new StoreCredentials.Keys(accessKey, secretKey), timeout);
    }

    @Override
    public String toString() {
        return bucket + " at " + endpoint;
    }
}
