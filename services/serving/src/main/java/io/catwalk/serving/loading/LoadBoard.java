package io.catwalk.serving.loading;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import io.catwalk.objectstore.Name;

/** The state of each version that a label or the policy asks for, for the status routes. */
public final class LoadBoard {
    private final Map<String, Map<Long, VersionStatus>> models = new ConcurrentHashMap<>();

    /** A model's versions, the oldest first; empty for an unknown model. */
    public List<VersionStatus> versions(String model) {
        return List.copyOf(models.getOrDefault(model, Map.of()).values());
    }

    void post(Name model, VersionStatus status) {
        models.computeIfAbsent(model.value(), name -> new ConcurrentSkipListMap<>())
                .put(status.version(), status);
    }

    void remove(Name model, long version) {
        models.getOrDefault(model.value(), Map.of()).remove(version);
    }
}
