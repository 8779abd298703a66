package io.catwalk.local.demo;

import static io.catwalk.local.demo.RunFixture.STARTED;
import static io.catwalk.local.demo.RunFixture.epoch;
import static io.catwalk.local.demo.RunFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    @Test
    void aRunBeginsWithAnEmptyBar() {
        assertThat(TrainingProgress.of(state(STARTED), STARTED, 0, Duration.ZERO)
                        .line())
                .isEqualTo("training [..........] 1/5");
    }

    @Test
    void beforeTheFirstEpochEndsTheStepsGiveSpeedAndRest() {
        assertThat(TrainingProgress.of(state(STARTED), STARTED, 215, Duration.ofSeconds(10))
                        .line())
                .isEqualTo("training [#.........] 1/5  2752 images/s  ETA 1:29");
    }

    @Test
    void betweenEpochsTheStepsMoveTheBar() {
        assertThat(TrainingProgress.of(state(STARTED, epoch(2)), STARTED, 1000, Duration.ofSeconds(50))
                        .line())
                .isEqualTo("training [####......] 3/5  loss 0.2812  acc 0.8765  2431 images/s  ETA 0:57")
                .hasSizeLessThan(80);
    }

    @Test
    void anEventCountsMoreThanAnOlderStep() {
        assertThat(TrainingProgress.of(state(STARTED, epoch(5)), STARTED, 1000, Duration.ofSeconds(50))
                        .line())
                .startsWith("training [##########] 5/5 ")
                .endsWith("ETA 0:00");
    }

    @Test
    void theRestOfAResumedRunIsEstimatedByItsOwnSteps() {
        var resumed = STARTED.toBuilder().setResumedAtStep(858).build();
        assertThat(TrainingProgress.of(state(resumed), resumed, 0, Duration.ofSeconds(9))
                        .line())
                .isEqualTo("training [####......] 3/5");
        assertThat(TrainingProgress.of(state(resumed), resumed, 1287, Duration.ofSeconds(20))
                        .line())
                .endsWith("ETA 0:40");
    }

    @Test
    void moreStepsThanPlannedStayWithinTheBar() {
        assertThat(TrainingProgress.of(state(STARTED), STARTED, 99_999, Duration.ofSeconds(1))
                        .line())
                .startsWith("training [##########] 5/5 ");
    }

    @Test
    void anEpochsLineHasBothSets() {
        assertThat(TrainingProgress.epochLine(epoch(2)))
                .isEqualTo(
                        "epoch 2/5  loss 0.2812  accuracy 0.8900  validation loss 0.3100  accuracy 0.8765  2431 images/s");
    }
}
