package io.catwalk.installation;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.catwalk.local.BrokerProcess;
import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.StoreAuth;
import io.catwalk.objectstore.StoreSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests on a real broker and store, which all tests of a class share. */
public abstract class OnBrokerAndStore {
    protected static final String ACCESS_KEY = "catwalk";
    protected static final String SECRET_KEY = "catwalk-secret";

    @TempDir
    static Path folder;

    private static BrokerProcess broker;
    private static StoreProcess store;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.start(folder.resolve("broker"));
        store = StoreProcess.start(folder.resolve("store"), ACCESS_KEY, SECRET_KEY);
    }

    @AfterAll
    static void stop() {
        store.close();
        broker.close();
    }

    protected static BrokerProcess broker() {
        return broker;
    }

    protected static StoreProcess store() {
        return store;
    }

    /** Where the store keeps the bucket's objects as files. */
    protected static Path bucketFolder() {
        return folder.resolve("store").resolve("buckets").resolve(StoreProcess.BUCKET);
    }

    /** The store as the commands are told of it. */
    protected static StoreConfig storeConfig(String secretKey) {
        return new TestStore(secretKey);
    }

    private record TestStore(String secret) implements StoreConfig {
        @Override
        public URI endpoint() {
            return store.endpoint();
        }

        @Override
        public String region() {
            return StoreSettings.USUAL_REGION;
        }

        @Override
        public String bucket() {
            return StoreProcess.BUCKET;
        }

        @Override
        public StoreAuth auth() {
            return StoreAuth.KEYS;
        }

        @Override
        public Optional<String> accessKey() {
            return Optional.of(ACCESS_KEY);
        }

        @Override
        public Optional<String> secretKey() {
            return Optional.of(secret);
        }

        @Override
        public Optional<URI> stsEndpoint() {
            return Optional.empty();
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }
    }
}
