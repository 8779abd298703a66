package io.catwalk.serving.registry;

import java.util.Optional;

/** Keeps {@link ModelRegistry} up to date. */
public interface RegistryFeed {
    /** Whether the registry holds all that was decided before this process started. */
    boolean caughtUp();

    /** Why it isn't being kept up to date at the moment. */
    Optional<String> trouble();
}
