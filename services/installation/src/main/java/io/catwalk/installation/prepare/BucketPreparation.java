package io.catwalk.installation.prepare;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.UUID;

import io.catwalk.installation.InstallationException;
import io.catwalk.installation.NotYetException;
import io.catwalk.objectstore.BrokenCreateIfAbsentException;
import io.catwalk.objectstore.CreateIfAbsentSelfTest;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreCredentials;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreSettings;
import io.catwalk.objectstore.StoreUnavailableException;
import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates a missing bucket, and tests whether the store meets Catwalk's requirements. */
final class BucketPreparation {
    private static final Logger LOG = LoggerFactory.getLogger(BucketPreparation.class);

    private final StoreSettings settings;

    BucketPreparation(StoreSettings settings) {
        this.settings = settings;
    }

    /**
     * Prepares the bucket; an existing bucket isn't changed.
     *
     * @throws NotYetException when the store can't be reached or refuses
     * @throws InstallationException when its create-if-absent isn't atomic
     */
    void run() throws NotYetException, InterruptedException {
        try {
            create(client());
            new CreateIfAbsentSelfTest(new MinioObjectStore(settings))
                    .run(new Name(UUID.randomUUID().toString()));
        } catch (ErrorResponseException e) {
            throw new NotYetException(
                    e.errorResponse().code() + ", " + e.errorResponse().message());
        } catch (IOException | MinioException | StoreUnavailableException | StoreRefusedException e) {
            throw new NotYetException(String.valueOf(e.getMessage()));
        } catch (BrokenCreateIfAbsentException e) {
            throw new InstallationException("the store can't be used: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new InstallationException("calls to the store can't be signed: " + e.getMessage());
        } catch (RuntimeException e) {
            String reason = StoreCredentials.failure(e).orElseThrow(() -> e);
            throw new NotYetException("no keys for the store: " + reason);
        }
    }

    private void create(MinioClient client) throws IOException, MinioException, GeneralSecurityException {
        String bucket = settings.bucket();
        if (client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            return;
        }
        try {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            LOG.info("created bucket {}", bucket);
        } catch (ErrorResponseException e) {
            if (!e.errorResponse().code().equals("BucketAlreadyOwnedByYou")) {
                throw e;
            }
        }
    }

    private MinioClient client() {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(settings.timeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .build();
        return MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentialsProvider(settings.credentials().provider(settings.timeout()))
                .httpClient(http, true)
                .build();
    }
}
