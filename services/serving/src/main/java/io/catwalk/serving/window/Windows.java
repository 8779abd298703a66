package io.catwalk.serving.window;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.queue.Statistics;
import io.catwalk.serving.window.Roles.Role;

/**
 * Cuts what the versions do into windows, without a gap and without counting anything twice. A window that its taker refuses
 * goes on, until a later cut. Not thread-safe.
 */
final class Windows {
    private final ServedModels models;
    private final Tallies tallies;
    private final String replica;
    private final Predicate<ServingWindow> taker;

    private final Map<String, Open> open = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    /** What the tallies held when the open windows began. */
    private final Map<Statistics, Counts> begun = new HashMap<>();

    private Set<Statistics> unloaded = Set.of();
    private Instant before;

    /**
     * @param taker receives the windows of models with a canary or shadow, and returns whether it takes them
     * @param start of the first window
     */
    Windows(ServedModels models, Tallies tallies, String replica, Predicate<ServingWindow> taker, Instant start) {
        this.models = models;
        this.tallies = tallies;
        this.replica = replica;
        this.taker = taker;
        this.before = start;
    }

    /**
     * Ends all models' windows, and begins the next.
     *
     * @param last whether the process is stopping
     */
    void cut(Instant now, boolean last) {
        Set<String> names = new TreeSet<>(models.names());
        names.addAll(open.keySet());
        names.forEach(model -> cut(model, now, last));
        forgetUnloaded();
        before = now;
    }

    private void cut(String model, Instant now, boolean last) {
        Open window = open.getOrDefault(model, new Open(before, Roles.NONE));
        Roles end = Roles.of(models.targets(model));
        List<Role> roles = window.roles().during(end);
        Map<Statistics, Counts> counts = Stream.concat(
                        roles.stream().map(Role::served),
                        models.loaded(model).values().stream().map(LoadedModel::served))
                .collect(Collectors.toMap(
                        Served::statistics, served -> tallies.of(served).read(), (one, same) -> one));
        boolean told = window.roles().rollout() || end.rollout();
        if (!told || taker.test(window(model, window.start(), now, roles, counts, last))) {
            sequences.merge(model, told ? 1L : 0L, Long::sum);
            begun.putAll(counts);
            open.put(model, new Open(now, end));
        }
    }

    private ServingWindow window(
            String model, Instant start, Instant end, List<Role> roles, Map<Statistics, Counts> counts, boolean last) {
        ServingWindow.Builder window = ServingWindow.newBuilder()
                .setReplica(replica)
                .setSequence(sequences.getOrDefault(model, 0L))
                .setModel(model)
                .setStart(WindowMessages.time(start))
                .setEnd(WindowMessages.time(end))
                .setLast(last);
        for (Role role : roles) {
            Statistics statistics = role.served().statistics();
            Counts now = counts.get(statistics);
            Counts done = begun.containsKey(statistics) ? now.minus(begun.get(statistics)) : now;
            window.addVersions(WindowMessages.version(role, done));
        }
        return window.build();
    }

    /** A version that is loaded just now may not be in the list yet: one is forgotten at the second cut without it. */
    private void forgetUnloaded() {
        Set<Statistics> now = new HashSet<>(tallies.known());
        models.names()
                .forEach(model -> models.loaded(model)
                        .values()
                        .forEach(loaded -> now.remove(loaded.served().statistics())));
        open.values()
                .forEach(window -> window.roles()
                        .all()
                        .forEach(role -> now.remove(role.served().statistics())));
        Set<Statistics> forgotten = new HashSet<>(now);
        forgotten.retainAll(unloaded);
        forgotten.forEach(tallies::forget);
        begun.keySet().removeAll(forgotten);
        unloaded = now;
    }

    /** A window that goes on, and the roles that it began with. */
    private record Open(Instant start, Roles roles) {}
}
