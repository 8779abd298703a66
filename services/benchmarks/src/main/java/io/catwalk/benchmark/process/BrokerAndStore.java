package io.catwalk.benchmark.process;

import java.nio.file.Path;
import java.util.Map;

import io.catwalk.local.BrokerProcess;
import io.catwalk.local.StoreProcess;

/** A broker and a store, for services that a benchmark starts itself. */
public final class BrokerAndStore implements AutoCloseable {
    private static final String KEY = "benchmark";
    private static final String SECRET = "benchmark-secret";
    private static final String STORE = "store";

    private final BrokerProcess broker;
    private final StoreProcess store;

    private BrokerAndStore(BrokerProcess broker, StoreProcess store) {
        this.broker = broker;
        this.store = store;
    }

    /** @param data where they keep their files */
    public static BrokerAndStore start(Path data) {
        BrokerProcess broker = BrokerProcess.start(data.resolve("broker"));
        try {
            return new BrokerAndStore(broker, StoreProcess.start(data.resolve(STORE), KEY, SECRET));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** The bucket's folder on the local disk. */
    public static Path bucket(Path data) {
        return data.resolve(STORE).resolve("buckets").resolve(StoreProcess.BUCKET);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What a service needs to use them. */
    public Map<String, String> environment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "CATWALK_STORE_ENDPOINT",
                store.endpoint().toString(),
                "CATWALK_STORE_BUCKET",
                StoreProcess.BUCKET,
                "CATWALK_STORE_ACCESS_KEY",
                KEY,
                "CATWALK_STORE_SECRET_KEY",
                SECRET);
    }

    @Override
    public void close() {
        store.close();
        broker.close();
    }
}
