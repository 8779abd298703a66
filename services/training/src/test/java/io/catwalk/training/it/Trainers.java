package io.catwalk.training.it;

import java.util.Map;
import java.util.Optional;

import io.catwalk.local.ReplicaProcess;

/** Trainers as processes. */
final class Trainers {
    private Trainers() {}

    /** As {@link ReplicaProcess#start}. */
    static ReplicaProcess start(String name, String group, Optional<String> failpoint, Map<String, String> stack) {
        return ReplicaProcess.start(name, group, failpoint, stack, "512m");
    }
}
