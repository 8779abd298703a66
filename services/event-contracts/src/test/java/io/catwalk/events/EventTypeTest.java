package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;

class EventTypeTest {
    @Test
    void eachTopicIsNamedAsItsEvent() {
        for (EventType<?> type : EventType.all()) {
            String message = type.name().substring(type.name().lastIndexOf('.') + 1);
            assertThat(type.topic())
                    .isEqualTo(message.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void requestsAreWhatServicesAreAskedFor() {
        assertThat(EventType.all().stream().filter(EventType::isRequest).map(EventType::topic))
                .containsExactlyInAnyOrder(
                        "dataset-requested",
                        "dataset-cancel-requested",
                        "training-requested",
                        "training-cancel-requested",
                        "promotion-requested",
                        "sweep-requested",
                        "sweep-cancel-requested",
                        "rollout-cancel-requested");
    }

    @Test
    void keysFollowTheTopicTable() {
        assertThat(EventType.EPOCH_COMPLETED.keyOf(
                        EpochCompleted.newBuilder().setRunId("r1").build()))
                .contains("r1");
        assertThat(EventType.MODEL_PUBLISHED.keyOf(ModelPublished.newBuilder()
                        .setModel("fashion")
                        .setVersion(3)
                        .build()))
                .contains("fashion/3");
        assertThat(EventType.MODEL_PROMOTED.keyOf(ModelPromoted.newBuilder()
                        .setModel("fashion")
                        .setLabel("stable")
                        .build()))
                .contains("fashion/stable");
        assertThat(EventType.TRAINING_REQUESTED.keyOf(TrainingRequested.getDefaultInstance()))
                .isEmpty();
    }

    @Test
    void typesAreFoundByName() {
        assertThat(EventType.named("catwalk.training.v1.EpochCompleted")).contains(EventType.EPOCH_COMPLETED);
        assertThat(EventType.named("catwalk.training.v2.EpochCompleted")).isEmpty();
    }
}
