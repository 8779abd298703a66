package io.catwalk.serving.loading;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.catwalk.objectstore.Name;
import io.catwalk.serving.registry.ModelRegistry;

/** Whether the service is ready: the registry is complete and each model's stable version is loaded. */
public final class StableReadiness {
    private final ModelRegistry registry;
    private final ServedModels served;
    private final BooleanSupplier tablesRead;

    public StableReadiness(ModelRegistry registry, ServedModels served, BooleanSupplier tablesRead) {
        this.registry = registry;
        this.served = served;
        this.tablesRead = tablesRead;
    }

    public boolean ready() {
        return tablesRead.getAsBoolean() && missing().isEmpty();
    }

    public boolean tablesRead() {
        return tablesRead.getAsBoolean();
    }

    /** The models whose stable version isn't loaded. */
    public List<Name> missing() {
        return registry.models().stream()
                .filter(model -> registry.labels(model).containsKey(ModelRegistry.STABLE))
                .filter(model -> served.target(model, ModelRegistry.STABLE).isEmpty())
                .toList();
    }
}
