package io.catwalk.installation.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.catwalk.events.Topics;
import io.catwalk.installation.NotYetException;
import io.catwalk.installation.OnBrokerAndStore;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.StoreSettings;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** On a real broker and store. */
class PreparationIT extends OnBrokerAndStore {
    @Test
    void createsTopicsThenBringsThemToANewPlan() throws Exception {
        try (Admin admin = admin(broker().bootstrapServers())) {
            new TopicPreparation(admin, plan(2, 1)).run();
            new TopicPreparation(admin, plan(4, 9)).run();

            await().untilAsserted(() -> {
                assertThat(partitions(admin, "it.training-requested")).isEqualTo(4);
                assertThat(retention(admin, "it.training-requested")).isEqualTo("777600000");
            });
            assertThat(partitions(admin, "it.model-promoted")).isEqualTo(1);
            assertThat(retention(admin, "it.model-promoted")).isEqualTo("-1");
        }
    }

    @Test
    void leavesMorePartitionsThanPlanned() throws Exception {
        try (Admin admin = admin(broker().bootstrapServers())) {
            List<PlannedTopic> wide = PlannedTopic.all(new Topics("wide."), TestTopicsConfig.of(5, 1, 1));
            List<PlannedTopic> narrow = PlannedTopic.all(new Topics("wide."), TestTopicsConfig.of(2, 1, 1));
            new TopicPreparation(admin, wide).run();
            new TopicPreparation(admin, narrow).run();

            assertThat(partitions(admin, "wide.training-requested")).isEqualTo(5);
        }
    }

    @Test
    void saysThatTheBrokerHasTooFewNodesForTheCopies() {
        try (Admin admin = admin(broker().bootstrapServers())) {
            List<PlannedTopic> plan = PlannedTopic.all(new Topics("three."), TestTopicsConfig.of(1, 3, 1));

            assertThatThrownBy(() -> new TopicPreparation(admin, plan).run())
                    .isInstanceOf(NotYetException.class)
                    .hasMessageContaining("replic");
        }
    }

    @Test
    void createsTheBucketAndFindsItThere() throws Exception {
        StoreSettings settings = settings(store().endpoint());

        new BucketPreparation(settings).run();
        new BucketPreparation(settings).run();

        assertThat(new MinioObjectStore(settings).listFolders(new Folder("runs/")))
                .isEmpty();
    }

    @Test
    void saysThatTheStoreRefusesTheKeys() {
        StoreSettings wrong =
                new StoreSettings(store().endpoint(), "fresh", "nobody", "nothing-at-all", Duration.ofSeconds(5));

        assertThatThrownBy(() -> new BucketPreparation(wrong).run()).isInstanceOf(NotYetException.class);
    }

    private static StoreSettings settings(URI endpoint) {
        return new StoreSettings(endpoint, "fresh", ACCESS_KEY, SECRET_KEY, Duration.ofSeconds(5));
    }

    private static List<PlannedTopic> plan(int partitions, int retentionDays) {
        return PlannedTopic.all(new Topics("it."), TestTopicsConfig.of(partitions, 1, retentionDays));
    }

    private static Admin admin(String servers) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    private static String retention(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get("retention.ms")
                .value();
    }
}
