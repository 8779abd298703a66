package io.catwalk.serving.loading;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.catwalk.objectstore.Name;

/**
 * Which published versions of a model are loaded besides those under its labels: the latest or specific ones. Source:
 * TensorFlow Serving's {@code model_version_policy}.
 *
 * @param latest how many of the latest of each model; 0 for none
 * @param specific by the model's name: these instead of the latest
 */
public record VersionPolicy(int latest, Map<String, Set<Long>> specific) {
    /** Labelled versions alone. */
    public static final VersionPolicy LABELS_ONLY = new VersionPolicy(0, Map.of());

    /** @throws IllegalArgumentException naming the setting, its value and its limit */
    public VersionPolicy {
        specific = Map.copyOf(specific);
        if (latest < 0) {
            throw new IllegalArgumentException("catwalk.loading.versions.latest is " + latest + ", must be at least 0");
        }
        specific.forEach((model, versions) -> {
            if (!Name.isValid(model)) {
                throw new IllegalArgumentException(
                        "catwalk.loading.versions.specific has the model '" + model + "', must match " + Name.PATTERN);
            }
            if (versions.stream().anyMatch(version -> version < 1)) {
                throw new IllegalArgumentException(
                        "catwalk.loading.versions.specific." + model + " is " + versions + ", each must be at least 1");
            }
        });
    }

    /** @param published the model's versions, the latest first */
    List<Long> versions(Name model, List<Long> published) {
        Set<Long> named = specific.get(model.value());
        return named == null
                ? published.stream().limit(latest).toList()
                : named.stream().sorted(Comparator.reverseOrder()).toList();
    }
}
