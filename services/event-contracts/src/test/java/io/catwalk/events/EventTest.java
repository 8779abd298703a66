package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final TrainingRequested REQUEST =
            TrainingRequested.newBuilder().setDataset("d").setModel("m").build();

    @Test
    void derivedIdStaysTheSameForever() {
        assertThat(request("/topics/training-requested", "0/17/1772366398000").requestId())
                .isEqualTo("88e14fc99aee0f843318e61f0d81b17f");
    }

    @Test
    void sourceAndIdAreKeptApart() {
        assertThat(request("/a", "bc").requestId())
                .isNotEqualTo(request("/ab", "c").requestId());
    }

    @Test
    void factsStandForNoJob() {
        Event<EpochCompleted> epoch = new Event<>(
                "runs/r1/journal/3",
                "/catwalk/training",
                EventType.EPOCH_COMPLETED,
                Records.NOW,
                EpochCompleted.newBuilder()
                        .setRunId("r1")
                        .setModel("m")
                        .setEpoch(1)
                        .build());

        assertThat(epoch.key()).contains("r1");
        assertThatThrownBy(epoch::requestId)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("catwalk.training.v1.EpochCompleted is not a request");
    }

    @Test
    void anEventThatWouldBeRefusedIsNeverSent() {
        assertThatThrownBy(() -> request("", "e-1"))
                .isInstanceOf(BadEventException.class)
                .hasMessage("source is \"\", must be 1 to 256 characters, none a control character");
        assertThatThrownBy(() -> new Event<>(
                        "e-1",
                        "/tests",
                        EventType.TRAINING_REQUESTED,
                        Records.NOW,
                        TrainingRequested.getDefaultInstance()))
                .isInstanceOf(BadEventException.class)
                .hasMessageStartingWith("dataset is missing, must be a name");
    }

    private static Event<TrainingRequested> request(String source, String id) {
        return new Event<>(id, source, EventType.TRAINING_REQUESTED, Records.NOW, REQUEST);
    }
}
