package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void prefixStandsBeforeEachTopic() {
        Topics topics = new Topics("staging.");

        assertThat(topics.nameOf(EventType.EPOCH_COMPLETED)).isEqualTo("staging.epoch-completed");
        assertThat(topics.deadLetters()).isEqualTo("staging.dead-letters");
        assertThat(topics.typeOf("staging.epoch-completed")).contains(EventType.EPOCH_COMPLETED);
        assertThat(topics.typeOf("epoch-completed")).isEmpty();
    }

    @Test
    void withoutPrefixTheNamesAreBare() {
        assertThat(Topics.unprefixed().nameOf(EventType.DATASET_READY)).isEqualTo("dataset-ready");
    }

    @Test
    void refusesPrefixThatNoTopicHas() {
        assertThatThrownBy(() -> new Topics("a/b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic prefix is \"a/b\", must match [a-zA-Z0-9._-]{0,64}");
    }
}
