package io.catwalk.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.events.Topics;
import io.catwalk.history.CheckSettings;
import io.catwalk.history.HistoryCheck;
import io.catwalk.history.Progress;
import io.catwalk.local.LocalStack;
import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreSettings;

/** Checks what a running stack has in its bucket and topics, as operators do. */
public final class StackHistory {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StackHistory() {}

    /** @param topicsSince since when its topics stand, where a test has lost them */
    static void requireClean(LocalStack stack, Optional<Instant> topicsSince) {
        CheckSettings settings = new CheckSettings(true, PATIENCE, topicsSince, 4);
        Map<String, Object> broker = Map.of("bootstrap.servers", stack.bootstrapServers());
        try {
            assertThat(new HistoryCheck(store(stack), broker, Topics.unprefixed(), settings, new Progress(line -> {}))
                            .run()
                            .findings())
                    .isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A stack's bucket, by the stack's own keys. */
    public static ObjectStore store(LocalStack stack) {
        return store(stack, stack.store());
    }

    /** The bucket of another store process that has a stack's keys. */
    static ObjectStore store(LocalStack stack, URI endpoint) {
        List<String> keys = keys(stack);
        return new MinioObjectStore(
                new StoreSettings(endpoint, StoreProcess.BUCKET, keys.get(0), keys.get(1), Duration.ofSeconds(10)));
    }

    /** The access key and the secret key of a stack's store. */
    static List<String> keys(LocalStack stack) {
        try {
            return Files.readAllLines(stack.settings().data().resolve("store-keys"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
