package io.catwalk.objectstore;

import java.net.URI;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Optional;

import io.minio.credentials.Credentials;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import okhttp3.OkHttpClient;

/** What calls to the store are signed with. */
public sealed interface StoreCredentials {
    /**
     * From the settings of {@code catwalk.store}.
     *
     * @throws IllegalArgumentException when what {@code auth} needs isn't there
     */
    static StoreCredentials of(
            StoreAuth auth, Optional<String> accessKey, Optional<String> secretKey, Optional<URI> stsEndpoint) {
        return switch (auth) {
            case KEYS -> new Keys(needed("access-key", accessKey), needed("secret-key", secretKey));
            case WORKLOAD_IDENTITY -> new WorkloadIdentity(stsEndpoint);
        };
    }

    /**
     * For the MinIO client.
     *
     * @param timeout of a call for keys
     * @return one that throws a {@link ProviderException} where it gets no keys
     */
    Provider provider(Duration timeout);

    /** Why there were no keys to sign with, where that is what made the client's call fail. */
    static Optional<String> failure(RuntimeException e) {
        Throwable thrown = e.getCause() == null ? e : e.getCause();
        return thrown instanceof ProviderException
                ? Optional.of(String.valueOf(thrown.getMessage()))
                : Optional.empty();
    }

    private static String needed(String name, Optional<String> value) {
        return value.orElseThrow(() -> new IllegalArgumentException(
                "catwalk.store." + name + " is missing, must be given with catwalk.store.auth keys"));
    }

    /** Keys that are valid until they are changed. */
    record Keys(String accessKey, String secretKey) implements StoreCredentials {
        @Override
        public Provider provider(Duration timeout) {
            return new StaticProvider(accessKey, secretKey, null);
        }

        @Override
        public String toString() {
            return "keys of " + accessKey;
        }
    }

    /**
     * Keys that are valid for a while, requested again before they expire: from a security token service, for the token in the
     * file that {@code AWS_WEB_IDENTITY_TOKEN_FILE} names and the role {@code AWS_ROLE_ARN}, which is read each time; without
     * that file from the metadata service of ECS or EC2. Kubernetes brings file and role with a service account that has a role
     * (IRSA).
     *
     * @param stsEndpoint of the token or metadata service; empty for AWS' own
     */
    record WorkloadIdentity(Optional<URI> stsEndpoint) implements StoreCredentials {
        @Override
        public Provider provider(Duration timeout) {
            OkHttpClient http = new OkHttpClient.Builder()
                    .connectTimeout(timeout)
                    .readTimeout(timeout)
                    .writeTimeout(timeout)
                    .build();
            Provider keys = new IamAwsProvider(stsEndpoint.map(URI::toString).orElse(null), http);
            return () -> fetched(keys);
        }

        /** The client's provider has many ways to fail; here it is one. It has no cause, as the client passes on only the cause. */
        private static Credentials fetched(Provider keys) {
            try {
                return keys.fetch();
            } catch (RuntimeException e) {
                ProviderException failure = new ProviderException(String.valueOf(e.getMessage()));
                failure.addSuppressed(e);
                throw failure;
            }
        }
    }
}
