package io.catwalk.history.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.catwalk.history.CannotCheckException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What the broker says of topics and groups. Where it may not be asked, the answer is empty. */
final class TopicAdmin implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;

    private final Admin admin;

    TopicAdmin(Map<String, Object> broker) {
        Map<String, Object> config = new HashMap<>(broker);
        config.keySet().retainAll(AdminClientConfig.configNames());
        this.admin = Admin.create(config);
    }

    /** Those of the topics that are compacted; empty where their settings may not be read. */
    Optional<Set<String>> compacted(Collection<String> topics) throws InterruptedException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return get(admin.describeConfigs(resources).all()).map(configs -> {
            Set<String> compacted = new HashSet<>();
            configs.forEach((resource, config) -> {
                ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
                if (policy != null && String.valueOf(policy.value()).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                    compacted.add(resource.name());
                }
            });
            return compacted;
        });
    }

    /** Where a group's consumers go on; a partition of which it has acknowledged nothing is left out. */
    Map<TopicPartition, Long> acknowledged(String group) throws InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Optional<Map<TopicPartition, OffsetAndMetadata>> known =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        known.ifPresent(all -> all.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        }));
        return offsets;
    }

    private static <T> Optional<T> get(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return Optional.of(answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw new CannotCheckException(
                    "the broker doesn't answer: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new CannotCheckException("the broker doesn't answer within " + TIMEOUT_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
