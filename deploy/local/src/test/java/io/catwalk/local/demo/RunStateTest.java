package io.catwalk.local.demo;

import static io.catwalk.local.demo.RunFixture.EVALUATED;
import static io.catwalk.local.demo.RunFixture.FAILED;
import static io.catwalk.local.demo.RunFixture.PROMOTED;
import static io.catwalk.local.demo.RunFixture.PUBLISHED;
import static io.catwalk.local.demo.RunFixture.READY;
import static io.catwalk.local.demo.RunFixture.REJECTED;
import static io.catwalk.local.demo.RunFixture.REJECTED_DATA;
import static io.catwalk.local.demo.RunFixture.STARTED;
import static io.catwalk.local.demo.RunFixture.TRAINED;
import static io.catwalk.local.demo.RunFixture.epoch;
import static io.catwalk.local.demo.RunFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunStateTest {
    @Test
    void thePhaseFollowsTheEvents() {
        assertThat(state().phase()).isEqualTo(Phase.DATA);
        assertThat(state(READY).phase()).isEqualTo(Phase.TRAINING);
        assertThat(state(READY, STARTED, epoch(1)).phase()).isEqualTo(Phase.TRAINING);
        assertThat(state(READY, STARTED, TRAINED).phase()).isEqualTo(Phase.EVALUATION);
        assertThat(state(READY, TRAINED, EVALUATED).phase()).isEqualTo(Phase.PUBLISH);
        assertThat(state(READY, TRAINED, EVALUATED, PUBLISHED, PROMOTED).phase())
                .isEqualTo(Phase.SERVE);
    }

    @Test
    void topicsMayBeReadInAnyOrder() {
        assertThat(state(PROMOTED, PUBLISHED).isPromoted()).isFalse();
        assertThat(state(PROMOTED, PUBLISHED, EVALUATED, TRAINED, READY).isPromoted())
                .isTrue();
        assertThat(state(epoch(3), epoch(2)).epochsDone()).isEqualTo(3);
    }

    @Test
    void anotherVersionsPromotionIsNotTheRuns() {
        assertThat(state(
                                EVALUATED,
                                PUBLISHED,
                                PROMOTED.toBuilder().setVersion(6).build())
                        .isPromoted())
                .isFalse();
    }

    @Test
    void otherRunsArePassedOver() {
        RunState state = state(
                READY.toBuilder().setDataset("x").build(),
                FAILED.toBuilder().setRunId("x").build(),
                REJECTED.toBuilder().setRunId("x").build(),
                TRAINED.toBuilder().setRunId("x").build());
        assertThat(state.phase()).isEqualTo(Phase.DATA);
        assertThat(state.failure()).isEmpty();
    }

    @Test
    void failuresNameTheirReasonAndPhase() {
        assertThat(state(REJECTED_DATA).failure())
                .contains(new RunState.RunFailure(Phase.DATA, "dataset d was rejected: no images"));
        assertThat(state(FAILED).failure()).contains(new RunState.RunFailure(Phase.TRAINING, "run r failed: NaN"));
        assertThat(state(REJECTED).failure())
                .contains(new RunState.RunFailure(Phase.PUBLISH, "model m was rejected: worse"));
    }
}
