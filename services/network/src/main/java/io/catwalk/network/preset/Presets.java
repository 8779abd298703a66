package io.catwalk.network.preset;

import java.util.List;
import java.util.Optional;

/** All presets. A new one is one file and one entry here. */
public final class Presets {
    private static final List<Preset> ALL = List.of(
            new TutorialCnn(), new TutorialCnnDropout(), new RegularisedCnn(), new ResnetRe(), new ResnetColour());

    private Presets() {}

    public static Optional<Preset> named(String name) {
        return ALL.stream().filter(preset -> preset.name().equals(name)).findFirst();
    }

    /** The names, the default first. */
    public static List<String> names() {
        return ALL.stream().map(Preset::name).toList();
    }
}
