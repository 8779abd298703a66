package io.catwalk.installation.prepare;

import java.time.Duration;

record TestTopicsConfig(
        int partitions,
        short replicationFactor,
        Duration retention,
        Duration deadLetterRetention,
        Duration payloadLogRetention)
        implements TopicsConfig {
    static TestTopicsConfig of(int partitions, int replicas, int retentionDays) {
        return new TestTopicsConfig(
                partitions, (short) replicas, Duration.ofDays(retentionDays), Duration.ofDays(30), Duration.ofDays(1));
    }
}
