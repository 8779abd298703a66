package io.catwalk.installation.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import io.catwalk.events.Topics;
import org.junit.jupiter.api.Test;

class PlannedTopicTest {
    private final List<PlannedTopic> plan = PlannedTopic.all(new Topics("staging."), TestTopicsConfig.of(6, 3, 7));

    @Test
    void tablesHaveOnePartitionAndStayForEver() {
        PlannedTopic table = named("staging.model-promoted");

        assertThat(table.partitions()).isEqualTo(1);
        assertThat(table.settings())
                .containsEntry("retention.ms", "-1")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("min.insync.replicas", "2");
        assertThat(named("staging.dataset-ready").retention()).isEmpty();
        assertThat(named("staging.model-published").retention()).isEmpty();
    }

    @Test
    void queuesAreSharedAndEnd() {
        PlannedTopic queue = named("staging.training-requested");

        assertThat(queue.partitions()).isEqualTo(6);
        assertThat(queue.settings()).containsEntry("retention.ms", "604800000");
    }

    @Test
    void refusedRecordsStayLonger() {
        assertThat(named("staging.dead-letters").settings()).containsEntry("retention.ms", "2592000000");
    }

    @Test
    void loggedRequestsStayShorter() {
        assertThat(named("staging.inference-logged").settings()).containsEntry("retention.ms", "86400000");
        assertThat(named("staging.inference-logged").partitions()).isEqualTo(6);
        assertThat(named("staging.drift-detected").settings()).containsEntry("retention.ms", "604800000");
    }

    @Test
    void oneCopyCanBeWrittenAlone() {
        assertThat(PlannedTopic.all(Topics.unprefixed(), TestTopicsConfig.of(3, 1, 7)))
                .allSatisfy(topic -> assertThat(topic.settings()).containsEntry("min.insync.replicas", "1"));
    }

    private PlannedTopic named(String name) {
        Optional<PlannedTopic> found =
                plan.stream().filter(topic -> topic.name().equals(name)).findFirst();
        assertThat(found).as(name).isPresent();
        return found.orElseThrow();
    }
}
