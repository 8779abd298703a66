package io.catwalk.serving.loading;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.objectstore.Name;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;
import io.catwalk.serving.registry.ModelRegistry;

/**
 * The served models: each model's loaded versions, and its labels with theirs. Readers see consistent snapshots; one thread
 * writes.
 */
public final class ServedModels {
    private volatile SortedMap<String, Served> models = new TreeMap<>();

    /** The names of the models with a loaded version, in order. */
    public List<String> names() {
        return List.copyOf(models.keySet());
    }

    /** A model's labels with their loaded versions, not acquired; empty for a model that isn't served. */
    public SortedMap<String, LoadedModel> labels(String model) {
        return served(model).labels();
    }

    /** The loaded versions of a model, in order. */
    public List<Long> versions(String model) {
        return List.copyOf(loaded(model).keySet());
    }

    /** A model's loaded versions by number, not acquired; empty for a model that isn't served. */
    public SortedMap<Long, LoadedModel> loaded(String model) {
        return served(model).versions();
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

    /** Serves a loaded version under its number. */
    void add(LoadedModel loaded) {
        change(
                loaded.version().model(),
                served -> served.versions().put(loaded.version().version(), loaded));
    }

    /** Points a label at another loaded version, from the next request on. */
    void point(Name model, Name label, LoadedModel target) {
        change(model, served -> served.labels().put(label.value(), target));
    }

    /** Serves a version no longer, which no label points at. */
    void remove(LoadedModel loaded) {
        change(
                loaded.version().model(),
                served -> served.versions().remove(loaded.version().version(), loaded));
    }

    private void change(Name model, Consumer<Served> change) {
        Served changed = served(model.value()).copy();
        change.accept(changed);
        SortedMap<String, Served> next = new TreeMap<>(models);
        next.put(model.value(), changed);
        if (changed.labels().isEmpty() && changed.versions().isEmpty()) {
            next.remove(model.value());
        }
        models = next;
    }

    private Served served(String model) {
        return models.getOrDefault(model, new Served(new TreeMap<>(), new TreeMap<>()));
    }

    private Optional<LoadedModel> find(ModelReference reference) {
        Served served = served(reference.model());
        return switch (reference) {
            case ModelReference.Stable stable ->
                Optional.ofNullable(served.labels().get(ModelRegistry.STABLE.value()));
            case ModelReference.Labelled labelled ->
                Optional.ofNullable(served.labels().get(labelled.label()));
            case ModelReference.Numbered numbered ->
                Optional.ofNullable(served.versions().get(numbered.version()));
        };
    }

    /** The refusal of a version that is not loaded. */
    public RefusedException notLoaded(ModelReference reference) {
        Served served = served(reference.model());
        if (served.versions().isEmpty()) {
            return RefusedException.notFound("no model '" + Shown.of(reference.model()) + "' is loaded");
        }
        Stream<String> labelled = served.labels().entrySet().stream()
                .map(label -> label.getValue().version().version() + " (" + label.getKey() + ")");
        Stream<String> others = served.versions().values().stream()
                .filter(version -> !served.labels().containsValue(version))
                .map(version -> Long.toString(version.version().version()));
        String loaded = Stream.concat(labelled, others).collect(Collectors.joining(", "));
        return RefusedException.notFound(
                reference.what() + " of model '" + reference.model() + "' is not loaded; loaded versions: " + loaded);
    }

    /** A model's labels, and its versions by number. */
    private record Served(SortedMap<String, LoadedModel> labels, SortedMap<Long, LoadedModel> versions) {
        Served copy() {
            return new Served(new TreeMap<>(labels), new TreeMap<>(versions));
        }
    }
}
