package io.catwalk.installation.prepare;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.catwalk.events.Topics;
import io.catwalk.installation.InstallationException;
import io.catwalk.installation.NotYetException;
import io.catwalk.installation.Patience;
import io.catwalk.installation.StoreConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings topics and bucket to what they must be. Waits for the broker and the store. */
@Command(name = "prepare", description = "Creates the topics and the bucket, or brings them up to date.")
public class PrepareCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareCommand.class);
    private static final Duration DISTANCE = Duration.ofSeconds(2);

    private final Map<String, Object> broker;
    private final TopicsConfig topics;
    private final StoreConfig store;
    private final Optional<String> topicPrefix;

    @Option(names = "--patience", defaultValue = "PT10M", description = "How long to wait: ${DEFAULT-VALUE}.")
    private Duration patience = Duration.ofMinutes(10);

    @Option(names = "--no-topics", description = "Leaves the topics to somebody else.")
    private boolean withoutTopics;

    @Inject
    PrepareCommand(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            TopicsConfig topics,
            StoreConfig store,
            @ConfigProperty(name = "catwalk.events.topic-prefix") Optional<String> topicPrefix) {
        this.broker = broker;
        this.topics = topics;
        this.store = store;
        this.topicPrefix = topicPrefix;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Patience patient = new Patience(patience, DISTANCE, InstantSource.system());
            if (!withoutTopics) {
                prepareTopics(patient);
            }
            prepareBucket(patient);
            LOG.info("prepared");
            return 0;
        } catch (InstallationException e) {
            LOG.error("{}", e.getMessage());
            return 1;
        }
    }

    private void prepareTopics(Patience patient) throws InterruptedException {
        Object servers = broker.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere");
        var plan = PlannedTopic.all(new Topics(topicPrefix.orElse("")), topics);
        patient.await("the broker at " + servers, () -> {
            prepareOnce(plan);
            return plan;
        });
        LOG.info("{} topics are there", plan.size());
    }

    private void prepareOnce(List<PlannedTopic> plan) throws NotYetException, InterruptedException {
        try (Admin admin = Admin.create(adminConfig())) {
            new TopicPreparation(admin, plan).run();
        } catch (KafkaException e) {
            throw new NotYetException(
                    Optional.ofNullable(e.getCause()).orElse(e).getMessage());
        }
    }

    private void prepareBucket(Patience patient) throws InterruptedException {
        BucketPreparation preparation = new BucketPreparation(store.settings());
        patient.await("the store at " + store.endpoint(), () -> {
            preparation.run();
            return store;
        });
        LOG.info("bucket {} is there, and its create-if-absent is atomic", store.bucket());
    }

    private Map<String, Object> adminConfig() {
        Map<String, Object> config = new HashMap<>(broker);
        config.keySet().retainAll(AdminClientConfig.configNames());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        return config;
    }
}
