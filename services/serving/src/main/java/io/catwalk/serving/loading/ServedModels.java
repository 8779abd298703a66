package io.catwalk.serving.loading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.catwalk.objectstore.Name;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;
import io.catwalk.serving.registry.ModelRegistry;

/**
 * The served models: each model's labels with their loaded versions. Readers see consistent snapshots; one thread
 * writes.
 */
public final class ServedModels {
    private volatile SortedMap<String, SortedMap<String, LoadedModel>> models = new TreeMap<>();

    /** The names of the models with a loaded version, in order. */
    public List<String> names() {
        return List.copyOf(models.keySet());
    }

    /** A model's labels with their loaded versions, not acquired; empty for a model that isn't served. */
    public SortedMap<String, LoadedModel> labels(String model) {
        return models.getOrDefault(model, new TreeMap<>());
    }

    /** The loaded versions of a model, in order. */
    public List<Long> versions(String model) {
        return List.copyOf(loaded(model).keySet());
    }

    /** A model's loaded versions by number, not acquired; empty for a model that isn't served. */
    public SortedMap<Long, LoadedModel> loaded(String model) {
        SortedMap<Long, LoadedModel> loaded = new TreeMap<>();
        labels(model).values().forEach(version -> loaded.put(version.version().version(), version));
        return loaded;
    }

    /**
     * Finds a loaded version and keeps it in memory until its {@link LoadedModel#release}.
     *
     * @throws RefusedException with {@code NOT_FOUND} when it isn't loaded
     */
    public LoadedModel acquire(ModelReference reference) {
        while (true) {
            LoadedModel found = find(reference).orElseThrow(() -> notLoaded(reference));
            if (found.acquire()) {
                return found;
            }
        }
    }

    Optional<LoadedModel> labelled(Name model, Name label) {
        return Optional.ofNullable(labels(model.value()).get(label.value()));
    }

    /** Points a label at another loaded version, from the next request on. */
    void point(Name model, Name label, LoadedModel target) {
        SortedMap<String, LoadedModel> labels = new TreeMap<>(labels(model.value()));
        labels.put(label.value(), target);
        SortedMap<String, SortedMap<String, LoadedModel>> next = new TreeMap<>(models);
        next.put(model.value(), labels);
        models = next;
    }

    private Optional<LoadedModel> find(ModelReference reference) {
        SortedMap<String, LoadedModel> labels = labels(reference.model());
        return switch (reference) {
            case ModelReference.Stable stable -> Optional.ofNullable(labels.get(ModelRegistry.STABLE.value()));
            case ModelReference.Labelled labelled -> Optional.ofNullable(labels.get(labelled.label()));
            case ModelReference.Numbered numbered ->
                labels.values().stream()
                        .filter(loaded -> loaded.version().version() == numbered.version())
                        .findFirst();
        };
    }

    /** The refusal of a version that is not loaded. */
    public RefusedException notLoaded(ModelReference reference) {
        Map<String, LoadedModel> labels = labels(reference.model());
        if (labels.isEmpty()) {
            return RefusedException.notFound("no model '" + Shown.of(reference.model()) + "' is loaded");
        }
        String loaded = labels.entrySet().stream()
                .map(label -> label.getValue().version().version() + " (" + label.getKey() + ")")
                .collect(Collectors.joining(", "));
        return RefusedException.notFound(
                reference.what() + " of model '" + reference.model() + "' is not loaded; loaded versions: " + loaded);
    }
}
