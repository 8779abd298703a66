package io.catwalk.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic of the pipeline as this stack creates it.
 *
 * @param retention how long records stay; empty for ever
 */
record PipelineTopic(String name, int partitions, Optional<Duration> retention) {
    private static final int SHARED_PARTITIONS = 3;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    /** All topics. A table has one partition, so that its order is one; a queue has several, so that replicas share it. */
    static final List<PipelineTopic> ALL = Stream.of(
                    Stream.of("dataset-ready", "model-published", "model-promoted")
                            .map(PipelineTopic::table),
                    Stream.of(
                                    "dataset-requested",
                                    "dataset-cancel-requested",
                                    "dataset-rejected",
                                    "training-requested",
                                    "training-cancel-requested",
                                    "training-started",
                                    "epoch-completed",
                                    "training-completed",
                                    "training-failed",
                                    "evaluation-completed",
                                    "model-rejected",
                                    "promotion-requested",
                                    "sweep-requested",
                                    "sweep-cancel-requested",
                                    "sweep-completed",
                                    "rollout-started",
                                    "rollout-advanced",
                                    "rollout-completed",
                                    "rollout-cancel-requested",
                                    "serving-window",
                                    "drift-detected")
                            .map(PipelineTopic::queue),
                    Stream.of(
                            new PipelineTopic("inference-logged", SHARED_PARTITIONS, Optional.of(DAY)),
                            new PipelineTopic("dead-letters", 1, Optional.of(MONTH))))
            .flatMap(topics -> topics)
            .toList();

    private static PipelineTopic table(String name) {
        return new PipelineTopic(name, 1, Optional.empty());
    }

    private static PipelineTopic queue(String name) {
        return new PipelineTopic(name, SHARED_PARTITIONS, Optional.of(WEEK));
    }

    NewTopic toKafka() {
        String millis = retention.map(Duration::toMillis).orElse(-1L).toString();
        return new NewTopic(name, partitions, (short) 1)
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        millis,
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE));
    }
}
