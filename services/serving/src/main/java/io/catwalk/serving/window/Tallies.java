package io.catwalk.serving.window;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.RequestObserver;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.queue.Statistics;
import io.catwalk.serving.refusal.Refusal;
import jakarta.inject.Singleton;

/** The tallies of all loaded versions, from each one's first request on. */
@Singleton
public class Tallies implements RequestObserver {
    /** The least status of what isn't the caller's fault. */
    private static final int SERVER_ERROR = 500;

    /** By the version's statistics, whose identity is the load's. */
    private final Map<Statistics, Tally> tallies = new ConcurrentHashMap<>();

    /** A loaded version's tally. */
    public Tally of(Served served) {
        Tally tally = tallies.get(served.statistics());
        return tally != null ? tally : create(served);
    }

    private Tally create(Served served) {
        return tallies.computeIfAbsent(
                served.statistics(),
                loaded -> new Tally(served.version().labelNames().size()));
    }

    @Override
    public void answered(AnsweredRequest request) {
        long nanos = request.elapsed().toNanos();
        if (request.refusal().isEmpty()) {
            request.prediction()
                    .ifPresent(prediction -> of(request.served()).answered(nanos, prediction.probabilities()));
        } else if (serversFault(request.refusal().get())) {
            of(request.served()).failed(nanos);
        }
    }

    /** The versions that have a tally, by their statistics. */
    Set<Statistics> known() {
        return Set.copyOf(tallies.keySet());
    }

    void forget(Statistics unloaded) {
        tallies.remove(unloaded);
    }

    private static boolean serversFault(Refusal refusal) {
        return refusal.status() >= SERVER_ERROR;
    }
}
