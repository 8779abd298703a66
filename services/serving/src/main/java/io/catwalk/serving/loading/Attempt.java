package io.catwalk.serving.loading;

import java.time.Duration;
import java.time.Instant;

/** How the latest attempt to load a version ended. */
sealed interface Attempt {
    record Loaded(LoadedModel model) implements Attempt {}

    /** Failed for now; a retry may succeed. */
    record Delayed(String message, Instant nextTry, Duration delay) implements Attempt {}

    /** Its content is unusable. */
    record Refused(String message, Instant nextTry) implements Attempt {}
}
