package io.catwalk.serving.registry;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

import io.catwalk.objectstore.Name;

/**
 * The versions that were published and where each label pointed, entry by entry. An event may come twice or late: entries
 * are ordered by their numbers, so an old one moves nothing back. Safe for many threads.
 */
public final class ModelRegistry {
    /** The label that a request without a version or label means. */
    public static final Name STABLE = new Name("stable");

    private final ConcurrentMap<VersionKey, ModelVersion> versions = new ConcurrentHashMap<>();
    private final ConcurrentMap<Name, ConcurrentMap<Name, NavigableMap<Long, Promotion>>> lines =
            new ConcurrentSkipListMap<>();
    private volatile Runnable listener = () -> {};

    /** Names the one that is told, on the thread that writes, whenever something was published or promoted. */
    public void whenChanged(Runnable changed) {
        listener = changed;
    }

    /** Tells the listener, as for a registry that has just become complete. */
    public void announce() {
        listener.run();
    }

    public void publish(ModelVersion published) {
        VersionKey key = new VersionKey(published.model(), published.version());
        versions.merge(key, published, (known, other) -> other.entry() > known.entry() ? other : known);
        announce();
    }

    public void promote(Name model, Name label, Promotion promotion) {
        lines.computeIfAbsent(model, key -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(label, key -> new ConcurrentSkipListMap<>())
                .putIfAbsent(promotion.entry(), promotion);
        announce();
    }

    public Optional<ModelVersion> version(Name model, long version) {
        return Optional.ofNullable(versions.get(new VersionKey(model, version)));
    }

    /** The models that a label points into, in the order of their names. */
    public List<Name> models() {
        return List.copyOf(lines.keySet());
    }

    /** Each of a model's labels with all its promotions, the newest first. */
    public SortedMap<Name, List<Promotion>> labels(Name model) {
        SortedMap<Name, List<Promotion>> labels = new TreeMap<>();
        lines.getOrDefault(model, new ConcurrentSkipListMap<>())
                .forEach((label, line) ->
                        labels.put(label, List.copyOf(line.descendingMap().values())));
        return labels;
    }

    private record VersionKey(Name model, long version) {}
}
