package io.catwalk.chassis.access;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.catwalk.access.InvalidKeyFileException;
import io.catwalk.access.KeyHolder;
import io.catwalk.access.WatchedKeyFile;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API keys of the configured file, which follow its content. */
@Singleton
public class AccessKeys {
    private static final Logger LOG = LoggerFactory.getLogger(AccessKeys.class);

    private final AccessConfig config;
    private final AccessMetrics metrics;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor polls = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("access-keys").factory());
    private volatile Optional<WatchedKeyFile> file = Optional.empty();

    AccessKeys(AccessConfig config, AccessMetrics metrics, Clock clock) {
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Reads the file, if there is one, and follows it from now on.
     *
     * @throws IllegalArgumentException when it can't be read, or gives nobody access where no tokens do
     */
    void open() {
        if (!config.enabled() || config.keysFile().isEmpty()) {
            return;
        }
        Path path = config.keysFile().get();
        try {
            WatchedKeyFile watched = new WatchedKeyFile(path, !config.oidc().enabled(), clock);
            file = Optional.of(watched);
            metrics.watch(watched);
            LOG.info("{} API keys have access", watched.keys().size());
        } catch (InvalidKeyFileException e) {
            throw new IllegalArgumentException("catwalk.access.keys-file is " + path + ": " + e.getMessage(), e);
        }
        long millis = config.keysRefresh().toMillis();
        polls.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
    }

    Optional<KeyHolder> find(String key) {
        return file.flatMap(watched -> watched.keys().find(key));
    }

    private void poll() {
        try {
            file.filter(WatchedKeyFile::poll).ifPresent(this::tell);
        } catch (RuntimeException e) {
            LOG.error("the key file can't be looked at, its keys stay as they are", e);
        }
    }

    private void tell(WatchedKeyFile watched) {
        watched.trouble()
                .ifPresentOrElse(
                        why -> LOG.error("the new key file isn't used, the keys stay as they were: {}", why),
                        () -> LOG.info(
                                "the key file was read again, {} API keys have access",
                                watched.keys().size()));
    }

    @PreDestroy
    void close() {
        polls.shutdownNow();
    }
}
