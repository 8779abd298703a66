package io.catwalk.serving.loading;

import java.time.Duration;
import java.time.Instant;

/** How the latest try to bring a version into memory ended. */
sealed interface Attempt {
    record Loaded(LoadedModel model) implements Attempt {}

    /** What failed may pass. */
    record Delayed(String message, Instant nextTry, Duration delay) implements Attempt {}

    /** Its content can't be served. */
    record Refused(String message, Instant nextTry) implements Attempt {}
}
