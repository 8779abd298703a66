package io.catwalk.installation.prepare;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.catwalk.installation.NotYetException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics that are missing, and brings the settings and partitions of the others to the plan. */
final class TopicPreparation {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPreparation.class);
    private static final long TIMEOUT_SECONDS = 20;

    private final Admin admin;
    private final List<PlannedTopic> plan;

    TopicPreparation(Admin admin, List<PlannedTopic> plan) {
        this.admin = admin;
        this.plan = List.copyOf(plan);
    }

    /**
     * Creates and extends the topics; running it again changes nothing.
     *
     * @throws NotYetException when the broker can't be reached or refuses
     */
    void run() throws NotYetException, InterruptedException {
        Collection<String> present = get(admin.listTopics().names());
        create(plan.stream().filter(topic -> !present.contains(topic.name())).toList());
        List<PlannedTopic> older =
                plan.stream().filter(topic -> present.contains(topic.name())).toList();
        widen(older);
        configure(older);
    }

    private void create(List<PlannedTopic> missing) throws NotYetException, InterruptedException {
        List<NewTopic> topics = missing.stream().map(PlannedTopic::toKafka).toList();
        get(admin.createTopics(topics).all());
        missing.forEach(topic -> LOG.info("created topic {}, {} partitions", topic.name(), topic.partitions()));
    }

    /** Partitions are only added, because Kafka can't remove any. */
    private void widen(List<PlannedTopic> topics) throws NotYetException, InterruptedException {
        Map<String, TopicDescription> descriptions =
                get(admin.describeTopics(topics.stream().map(PlannedTopic::name).toList())
                        .allTopicNames());
        Map<String, NewPartitions> wider = new HashMap<>();
        for (PlannedTopic topic : topics) {
            int partitions = descriptions.get(topic.name()).partitions().size();
            if (partitions < topic.partitions()) {
                wider.put(topic.name(), NewPartitions.increaseTo(topic.partitions()));
                LOG.info("topic {} gets {} partitions, had {}", topic.name(), topic.partitions(), partitions);
            } else if (partitions > topic.partitions()) {
                LOG.warn("topic {} keeps {} partitions, planned {}", topic.name(), partitions, topic.partitions());
            }
        }
        get(admin.createPartitions(wider).all());
    }

    private void configure(List<PlannedTopic> topics) throws NotYetException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = topics.stream()
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                        topic -> topic.settings().entrySet().stream()
                                .map(entry -> new AlterConfigOp(
                                        new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                                .toList()));
        get(admin.incrementalAlterConfigs(changes).all());
    }

    private static <T> T get(KafkaFuture<T> answer) throws NotYetException, InterruptedException {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new NotYetException(String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            throw new NotYetException("no answer within " + TIMEOUT_SECONDS + " s");
        }
    }
}
