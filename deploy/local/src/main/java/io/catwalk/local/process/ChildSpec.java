package io.catwalk.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A child process to start.
 *
 * @param name what people call it, and its log file
 * @param environment added to this process's own
 * @param log gets its standard output and error, appended
 * @param readyWithin counted from its start
 */
public record ChildSpec(
        String name,
        JavaCommand command,
        Map<String, String> environment,
        Path log,
        Readiness readiness,
        Duration readyWithin) {
    public ChildSpec {
        environment = Map.copyOf(environment);
    }
}
