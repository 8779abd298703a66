package io.catwalk.serving.registry;

import java.util.Collections;
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
 * The published versions and each label's promotions. Events may be duplicated or out of order: entries are ordered by their
 * numbers, so an old one never moves a label back. Thread-safe.
 */
public final class ModelRegistry {
    /** The default label of requests. */
    public static final Name STABLE = new Name("stable");

    /** With a weight, the label of the version that gets a share of the requests for stable. */
    public static final Name CANARY = new Name("canary");

    /** With a weight, the label of the version that gets copies of a share of stable's requests. */
    public static final Name SHADOW = new Name("shadow");

    private final ConcurrentMap<Name, NavigableMap<Long, ModelVersion>> versions = new ConcurrentHashMap<>();
    private final ConcurrentMap<Name, ConcurrentMap<Name, NavigableMap<Long, Promotion>>> lines =
            new ConcurrentSkipListMap<>();
    private volatile Runnable listener = () -> {};

    /** Sets the listener, which is called on the writing thread after each publication or promotion. */
    public void whenChanged(Runnable changed) {
        listener = changed;
    }

    /** Calls the listener, as after the registry became complete. */
    public void announce() {
        listener.run();
    }

    public void publish(ModelVersion published) {
        versions.computeIfAbsent(published.model(), key -> new ConcurrentSkipListMap<>())
                .merge(published.version(), published, (known, other) -> other.entry() > known.entry() ? other : known);
        announce();
    }

    public void promote(Name model, Name label, Promotion promotion) {
        lines.computeIfAbsent(model, key -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(label, key -> new ConcurrentSkipListMap<>())
                .putIfAbsent(promotion.entry(), promotion);
        announce();
    }

    public Optional<ModelVersion> version(Name model, long version) {
        return Optional.ofNullable(published(model).get(version));
    }

    /** The numbers of a model's published versions, the latest first. */
    public List<Long> versions(Name model) {
        return List.copyOf(published(model).descendingKeySet());
    }

    /** The models that a label points into, in the order of their names. */
    public List<Name> models() {
        return List.copyOf(lines.keySet());
    }

    /** Each of a model's labels with all its promotions, the newest first. */
    public SortedMap<Name, List<Promotion>> labels(Name model) {
        SortedMap<Name, List<Promotion>> labels = new TreeMap<>();
        lines.getOrDefault(model, new ConcurrentSkipListMap<>())
                .forEach((label, promotions) ->
                        labels.put(label, List.copyOf(promotions.descendingMap().values())));
        return labels;
    }

    private NavigableMap<Long, ModelVersion> published(Name model) {
        return versions.getOrDefault(model, Collections.emptyNavigableMap());
    }
}
