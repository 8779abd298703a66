package io.catwalk.chassis.events;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The records that are being handled, at most one of each channel. The service isn't ready while one waits because the
 * store or the broker refuses it, nor while one has taken longer than {@link #TIMEOUT}, as when a call waits for the store.
 */
@Default
@Readiness
@ApplicationScoped
class RecordsInProgress implements HealthCheck {
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Map<Entry, Boolean> entries = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    @Inject
    RecordsInProgress() {
        this(System::nanoTime);
    }

    RecordsInProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Notes that a record is being handled, until the entry is closed. */
    Entry begin(ConsumerRecord<?, ?> record) {
        Entry entry = new Entry(place(record), nanoTime.getAsLong());
        entries.put(entry, true);
        return entry;
    }

    /** A record as logs name it: {@code <topic>/<partition>/<offset>}. */
    static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("intake").up();
        for (Entry entry : entries.keySet()) {
            entry.problem().ifPresent(problem -> response.down().withData(entry.place, problem));
        }
        return response.build();
    }

    /** A record that is being handled. */
    final class Entry implements AutoCloseable {
        private final String place;
        private final long begun;
        private volatile Optional<String> reason = Optional.empty();

        private Entry(String place, long begun) {
            this.place = place;
            this.begun = begun;
        }

        /** Notes why the record can't be handled now; it is tried again. */
        void waits(String why) {
            reason = Optional.of(why);
        }

        @Override
        public void close() {
            entries.remove(this);
        }

        private Optional<String> problem() {
            Duration since = Duration.ofNanos(nanoTime.getAsLong() - begun);
            return reason.map(why -> "waiting to be retried: " + why)
                    .or(() -> since.compareTo(TIMEOUT) < 0
                            ? Optional.empty()
                            : Optional.of("in progress for " + since.toSeconds() + " s"));
        }
    }
}
