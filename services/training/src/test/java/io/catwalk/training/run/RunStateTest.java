package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import io.catwalk.journal.JournalJson;
import io.catwalk.objectstore.Digest;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import org.junit.jupiter.api.Test;

class RunStateTest {
    private static final String DATASET = Digest.of(new byte[] {9}).toString();

    @Test
    void keepsTheLastTwoAndTheBest() {
        StoredCheckpoint first = checkpoint(1, Optional.of(0.5));
        StoredCheckpoint best = checkpoint(2, Optional.of(0.9));
        StoredCheckpoint worse = checkpoint(3, Optional.of(0.7));
        StoredCheckpoint middle = checkpoint(4, Optional.empty());
        RunState state = RunState.begin(DATASET, 10)
                .withCheckpoint(first)
                .withCheckpoint(best)
                .withCheckpoint(worse);
        assertThat(state.checkpoints()).containsExactly(best, worse);

        RunState later = state.withCheckpoint(middle).withCheckpoint(checkpoint(5, Optional.empty()));
        assertThat(later.checkpoints()).extracting(StoredCheckpoint::step).containsExactly(2L, 4L, 5L);
        assertThat(later.best()).contains(best);
        assertThat(later.leftOutOf(state)).containsExactly(worse);
    }

    @Test
    void theFirstOfEquallyGoodOnesIsTheBest() {
        RunState state = RunState.begin(DATASET, 10)
                .withCheckpoint(checkpoint(1, Optional.of(0.9)))
                .withCheckpoint(checkpoint(2, Optional.of(0.9)));
        assertThat(state.best().map(StoredCheckpoint::step)).contains(1L);
    }

    @Test
    void theSameCheckpointAgainIsNeverLeftOut() {
        RunState state = RunState.begin(DATASET, 10).withCheckpoint(checkpoint(1, Optional.of(0.9)));
        RunState again = state.withCheckpoint(checkpoint(1, Optional.empty()));
        assertThat(again.checkpoints()).hasSize(1);
        assertThat(again.leftOutOf(state)).isEmpty();
    }

    @Test
    void goesThroughTheJournal() {
        RunState state = RunState.begin(DATASET, 10)
                .withCheckpoint(checkpoint(1, Optional.of(0.1 + 0.2)))
                .withModel(new TrainedModel("m", "w"));
        assertThat(JournalJson.record(JournalJson.tree(state), RunState.class)).isEqualTo(state);
        assertThat(state.without(List.of(checkpoint(1, Optional.of(0.1 + 0.2)))).checkpoints())
                .isEmpty();
    }

    private static StoredCheckpoint checkpoint(int step, Optional<Double> accuracy) {
        return new StoredCheckpoint(Digest.of(new byte[] {(byte) step}).toString(), step, 1, accuracy);
    }
}
