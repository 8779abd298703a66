package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import io.catwalk.journal.JournalJson;
import io.catwalk.journal.LaterJson;
import io.catwalk.objectstore.Digest;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.SetFigures;
import org.junit.jupiter.api.Test;

class RunStateTest {
    private static final String DATASET = Digest.of(new byte[] {9}).toString();

    @Test
    void keepsTheLastTwoAndTheBest() {
        StoredCheckpoint first = checkpoint(1);
        StoredCheckpoint best = checkpoint(2);
        StoredCheckpoint worse = checkpoint(3);
        StoredCheckpoint middle = checkpoint(4);
        RunState state = after(begun().withCheckpoint(first), 2, true)
                .withCheckpoint(best)
                .withCheckpoint(worse);
        assertThat(state.checkpoints()).containsExactly(best, worse);

        RunState later = state.withCheckpoint(middle).withCheckpoint(checkpoint(5));
        assertThat(later.checkpoints()).extracting(StoredCheckpoint::step).containsExactly(2L, 4L, 5L);
        assertThat(later.bestCheckpoint()).contains(best);
        assertThat(later.leftOutOf(state)).containsExactly(worse);
    }

    @Test
    void theBestIsTheOneOfTheBestEpoch() {
        RunState state = after(after(begun(), 1, true).withCheckpoint(checkpoint(1)), 2, false)
                .withCheckpoint(checkpoint(2));
        assertThat(state.bestCheckpoint().map(StoredCheckpoint::step)).contains(1L);
        assertThat(after(state, 3, true).bestCheckpoint()).isEmpty();
    }

    @Test
    void theSameCheckpointAgainIsNeverLeftOut() {
        RunState state = begun().withCheckpoint(checkpoint(1));
        RunState again = state.withCheckpoint(checkpoint(1));
        assertThat(again.checkpoints()).hasSize(1);
        assertThat(again.leftOutOf(state)).isEmpty();
    }

    @Test
    void goesThroughTheJournal() {
        RunState state = after(begun(), 1, true)
                .withCheckpoint(checkpoint(1))
                .withModel(new TrainedModel("m", Optional.of("o"), "w"));
        assertThat(JournalJson.record(JournalJson.tree(state), RunState.class)).isEqualTo(state);
        assertThat(state.without(List.of(checkpoint(1))).checkpoints()).isEmpty();
    }

    @Test
    void passesOverWhatALaterReleaseAdds() {
        var figures = new SetFigures(0.1, 0.5);
        var resumed = new EpochFigures(1, 1, figures, figures, figures, Optional.of(figures), 0.001, 1, 1);
        Origin origin = new Origin("r0", checkpoint(1), Optional.of(resumed));
        RunState state = after(RunState.begin(DATASET, 10, Optional.of(origin)), 2, true)
                .withCheckpoint(checkpoint(2))
                .withModel(new TrainedModel("m", Optional.of("o"), "w"));

        assertThat(JournalJson.record(LaterJson.of(JournalJson.tree(state)), RunState.class))
                .isEqualTo(state);
    }

    private static RunState begun() {
        return RunState.begin(DATASET, 10, Optional.empty());
    }

    private static RunState after(RunState state, int epoch, boolean best) {
        var figures = new SetFigures(0.1 + 0.2, 0.5);
        return state.withEpoch(
                new EpochFigures(epoch, epoch, figures, figures, figures, Optional.empty(), 0.001, 1, 1), best);
    }

    private static StoredCheckpoint checkpoint(int step) {
        return new StoredCheckpoint(Digest.of(new byte[] {(byte) step}).toString(), step, 1);
    }
}
