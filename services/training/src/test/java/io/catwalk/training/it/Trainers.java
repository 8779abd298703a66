package io.catwalk.training.it;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.catwalk.local.ReplicaProcess;

/** Trainers as processes. */
final class Trainers {
    private Trainers() {}

    /** As {@link ReplicaProcess#start}. */
    static ReplicaProcess start(String name, String group, Optional<String> failpoint, Map<String, String> stack) {
        return ReplicaProcess.start(
                name,
                group,
                failpoint,
                stack,
                "512m",
                // The first trainer that ends by itself leaves its loaded classes to the others.
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + Path.of("target/it/trainer.jsa").toAbsolutePath());
    }
}
