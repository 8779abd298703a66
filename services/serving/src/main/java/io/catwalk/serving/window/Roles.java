package io.catwalk.serving.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.objectstore.Name;
import io.catwalk.serving.loading.Target;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.registry.ModelRegistry;

/** The versions of a model under stable, and under canary and shadow with a weight, at a moment. */
record Roles(List<Role> all) {
    private static final List<Name> LABELS = List.of(ModelRegistry.STABLE, ModelRegistry.CANARY, ModelRegistry.SHADOW);

    /** No version at all. */
    static final Roles NONE = new Roles(List.of());

    Roles {
        all = List.copyOf(all);
    }

    /** @param targets by label */
    static Roles of(Map<String, Target> targets) {
        List<Role> roles = new ArrayList<>();
        for (Name label : LABELS) {
            Optional.ofNullable(targets.get(label.value()))
                    .filter(target -> label.equals(ModelRegistry.STABLE)
                            || target.weight().isPresent())
                    .ifPresent(target ->
                            roles.add(new Role(label.value(), target.model().served(), target.entry())));
        }
        return new Roles(roles);
    }

    /** Whether there is a canary or shadow. */
    boolean rollout() {
        return all.stream().anyMatch(role -> !role.label().equals(ModelRegistry.STABLE.value()));
    }

    /** These and those, which both had a part of a time; of entry 0 what didn't have the whole. */
    List<Role> during(Roles end) {
        return Stream.concat(all.stream(), end.all.stream())
                .map(role -> all.contains(role) && end.all.contains(role) ? role : role.changed())
                .distinct()
                .toList();
    }

    /** @param entry of the label's journal; 0 when it changed */
    record Role(String label, Served served, long entry) {
        Role changed() {
            return new Role(label, served, 0);
        }
    }
}
