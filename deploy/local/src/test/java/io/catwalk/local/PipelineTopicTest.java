package io.catwalk.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import org.junit.jupiter.api.Test;

class PipelineTopicTest {
    @Test
    void everyEventHasItsTopic() {
        assertThat(PipelineTopic.ALL)
                .extracting(PipelineTopic::name)
                .doesNotHaveDuplicates()
                .containsAll(EventType.all().stream().map(EventType::topic).toList())
                .contains(Topics.unprefixed().deadLetters());
    }

    @Test
    void tablesAreKeptForEverInOnePartition() {
        assertThat(PipelineTopic.ALL)
                .filteredOn(topic -> topic.retention().isEmpty())
                .allMatch(topic -> topic.partitions() == 1)
                .extracting(PipelineTopic::name)
                .containsExactlyInAnyOrder("dataset-ready", "model-published", "model-promoted");
    }
}
