package io.catwalk.local.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.catwalk.local.Arguments;

/**
 * What the demo trains, and where it keeps its data.
 *
 * @param network a preset's name
 * @param data empty for the project's own folder
 */
record DemoArguments(int epochs, String network, Optional<Path> data) {
    private static final int DEFAULT_EPOCHS = 5;
    private static final int MOST_EPOCHS = 10_000;
    private static final String DEFAULT_NETWORK = "tutorial-cnn";
    private static final String NETWORK_PATTERN = "[a-z0-9][a-z0-9._-]{0,62}";

    DemoArguments {
        if (!network.matches(NETWORK_PATTERN)) {
            throw new IllegalArgumentException("--network is %s, must match %s".formatted(network, NETWORK_PATTERN));
        }
    }

    /** @throws IllegalArgumentException for an argument that isn't known or not within its limits */
    static DemoArguments parse(List<String> words) {
        Arguments arguments = Arguments.parse(words, Set.of("--epochs", "--network", "--data"));
        return new DemoArguments(
                arguments.number("--epochs", 1, MOST_EPOCHS).orElse(DEFAULT_EPOCHS),
                arguments.text("--network").orElse(DEFAULT_NETWORK),
                arguments.text("--data").map(Path::of));
    }
}
