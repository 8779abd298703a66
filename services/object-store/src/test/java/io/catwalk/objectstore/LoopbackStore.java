package io.catwalk.objectstore;

import java.net.URI;
import java.time.Duration;

/** The store's client, sent to a server of the test's own. */
final class LoopbackStore {
    private LoopbackStore() {}

    static ObjectStore at(int port) {
        return new MinioObjectStore(new StoreSettings(
                URI.create("http://127.0.0.1:" + port), "catwalk", "key", "secret-key", Duration.ofSeconds(10)));
    }
}
