package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

class SplitScoreTest {
    /** The example of scikit-learn's documentation of {@code log_loss}, whose classes are sorted: ham, spam. */
    @Test
    void lossAgreesWithScikitLearnsExample() {
        float[] probabilities = {.1f, .9f, .9f, .1f, .8f, .2f, .35f, .65f};

        var score = SplitScore.of(new Predictions(2, probabilities, new int[] {1, 0, 0, 1}));

        assertThat(score.loss()).isCloseTo(0.21616, within(5e-6));
        assertThat(score.accuracy()).isEqualTo(1);
        assertThat(score.count()).isEqualTo(4);
        assertThat(score.tally()).isEqualTo(new Tally(4, 4));
    }

    @Test
    void accuracyIsTheCorrectShare() {
        float[] probabilities = {1, 0, 0, 1, 1, 0, 1, 0};

        var score = SplitScore.of(new Predictions(2, probabilities, new int[] {0, 0, 0, 1}));

        assertThat(score.accuracy()).isEqualTo(0.5);
        assertThat(score.confusion().rows()).containsExactly(List.of(2, 1), List.of(1, 0));
        assertThat(score.classification()).isEqualTo(ClassificationReport.of(score.confusion()));
    }

    @Test
    void aLabelOfProbabilityZeroCostsAFiniteLoss() {
        var score = SplitScore.of(new Predictions(2, new float[] {0, 1}, new int[] {0}));

        assertThat(score.loss()).isCloseTo(126 * Math.log(2), within(1e-12));
    }

    @Test
    void aProbabilityRoundedAboveOneCostsNothing() {
        assertThat(SplitScore.of(new Predictions(2, new float[] {1.0001f, 0}, new int[] {0}))
                        .loss())
                .isZero();
    }

    @Test
    void refusesACountUnlikeItsMatrix() {
        var score = SplitScore.of(new Predictions(2, new float[] {1, 0}, new int[] {0}));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SplitScore(2, 0, 1, score.confusion(), score.classification()))
                .withMessage("count: 2, must be 1 as confusion");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SplitScore(1, Double.NaN, 1, score.confusion(), score.classification()))
                .withMessage("loss: NaN, must be finite");
    }
}
