package io.catwalk.chassis.access;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.catwalk.access.WatchedKeyFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * {@code catwalk_access_refused_total{reason}}: calls that were refused; {@code catwalk_access_keys}: the keys that have access;
 * {@code catwalk_access_keys_file_valid}: 1, or 0 while the file's present content isn't used.
 */
@Singleton
public class AccessMetrics {
    private final MeterRegistry registry;
    private final Map<RefusedCallerException.Reason, Counter> refused =
            new EnumMap<>(RefusedCallerException.Reason.class);

    AccessMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (RefusedCallerException.Reason reason : RefusedCallerException.Reason.values()) {
            refused.put(
                    reason,
                    Counter.builder("catwalk.access.refused")
                            .description("Calls that were refused, by reason")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void watch(WatchedKeyFile file) {
        Gauge.builder("catwalk.access.keys", file, watched -> watched.keys().size())
                .description("API keys that have access")
                .register(registry);
        Gauge.builder(
                        "catwalk.access.keys.file.valid",
                        file,
                        watched -> watched.trouble().isEmpty() ? 1 : 0)
                .description("Whether the key file's present content is used")
                .register(registry);
    }

    /** Counts a call. */
    public void refused(RefusedCallerException.Reason reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }
}
