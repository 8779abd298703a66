package io.catwalk.serving.loading;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.objectstore.Name;
import io.catwalk.serving.observation.RequestHeaders;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.rollout.TrafficSplit;

/**
 * The served models: each model's loaded versions, and its labels with theirs. Readers see consistent snapshots; one thread
 * writes.
 */
public final class ServedModels {
    private final TrafficSplit split;
    private volatile SortedMap<String, Served> models = new TreeMap<>();

    /** @param split draws which requests for stable a canary answers */
    public ServedModels(TrafficSplit split) {
        this.split = split;
    }

    /** The names of the models with a loaded version, in order. */
    public List<String> names() {
        return List.copyOf(models.keySet());
    }

    /** A model's labels with their loaded versions, not acquired; empty for a model that isn't served. */
    public SortedMap<String, LoadedModel> labels(String model) {
        SortedMap<String, LoadedModel> labels = new TreeMap<>();
        targets(model).forEach((label, target) -> labels.put(label, target.model()));
        return labels;
    }

    /** What each label of a model points at; empty for a model that isn't served. */
    public SortedMap<String, Target> targets(String model) {
        return Collections.unmodifiableSortedMap(served(model).targets());
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
        return hold(reference, () -> find(reference));
    }

    /**
     * The same for a prediction: a canary gets its share of the requests that name neither label nor version.
     *
     * @param headers of the request
     */
    public LoadedModel acquire(ModelReference reference, RequestHeaders headers) {
        return hold(reference, () -> canaryOf(reference, headers).or(() -> find(reference)));
    }

    private LoadedModel hold(ModelReference reference, Supplier<Optional<LoadedModel>> find) {
        while (true) {
            LoadedModel found = find.get().orElseThrow(() -> notLoaded(reference));
            if (found.acquire()) {
                return found;
            }
        }
    }

    Optional<Target> target(Name model, Name label) {
        return Optional.ofNullable(targets(model.value()).get(label.value()));
    }

    /** Serves a loaded version under its number. */
    void add(LoadedModel loaded) {
        change(
                loaded.version().model(),
                served -> served.versions().put(loaded.version().version(), loaded));
    }

    /** Points a label at a loaded version, from the next request on. */
    void point(Name model, Name label, Target target) {
        change(model, served -> served.targets().put(label.value(), target));
    }

    /** Ends a label. */
    void unpoint(Name model, Name label) {
        change(model, served -> served.targets().remove(label.value()));
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
        if (changed.targets().isEmpty() && changed.versions().isEmpty()) {
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
            case ModelReference.Stable stable -> served.labelled(ModelRegistry.STABLE.value());
            case ModelReference.Labelled labelled -> served.labelled(labelled.label());
            case ModelReference.Numbered numbered ->
                Optional.ofNullable(served.versions().get(numbered.version()));
        };
    }

    /** The canary, if the request is one for stable and within the canary's share. */
    private Optional<LoadedModel> canaryOf(ModelReference reference, RequestHeaders headers) {
        if (!(reference instanceof ModelReference.Stable)) {
            return Optional.empty();
        }
        Served served = served(reference.model());
        Target canary = served.targets().get(ModelRegistry.CANARY.value());
        if (canary == null
                || canary.weight().isEmpty()
                || !served.targets().containsKey(ModelRegistry.STABLE.value())) {
            return Optional.empty();
        }
        long version = canary.model().version().version();
        return split.position(reference.model(), version, headers) < canary.share()
                ? Optional.of(canary.model())
                : Optional.empty();
    }

    /** The refusal of a version that is not loaded. */
    public RefusedException notLoaded(ModelReference reference) {
        Served served = served(reference.model());
        if (served.versions().isEmpty()) {
            return RefusedException.notFound("no model '" + Shown.of(reference.model()) + "' is loaded");
        }
        Stream<String> labelled = served.targets().entrySet().stream()
                .map(label -> label.getValue().model().version().version() + " (" + label.getKey() + ")");
        Stream<String> others = served.versions().values().stream()
                .filter(version -> !served.pointsAt(version))
                .map(version -> Long.toString(version.version().version()));
        String loaded = Stream.concat(labelled, others).collect(Collectors.joining(", "));
        return RefusedException.notFound(
                reference.what() + " of model '" + reference.model() + "' is not loaded; loaded versions: " + loaded);
    }

    /** What a model's labels point at, and its versions by number. */
    private record Served(SortedMap<String, Target> targets, SortedMap<Long, LoadedModel> versions) {
        Optional<LoadedModel> labelled(String label) {
            return Optional.ofNullable(targets.get(label)).map(Target::model);
        }

        boolean pointsAt(LoadedModel version) {
            return targets.values().stream().anyMatch(target -> target.model().equals(version));
        }

        Served copy() {
            return new Served(new TreeMap<>(targets), new TreeMap<>(versions));
        }
    }
}
