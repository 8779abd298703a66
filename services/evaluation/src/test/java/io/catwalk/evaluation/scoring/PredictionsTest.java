package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionsTest {
    @Test
    void predictsTheMostProbableClass() {
        var predictions = new Predictions(3, new float[] {0.1f, 0.2f, 0.7f, 0.5f, 0.3f, 0.2f}, new int[] {2, 1});

        assertThat(predictions.predicted(0)).isEqualTo(2);
        assertThat(predictions.isCorrect(0)).isTrue();
        assertThat(predictions.predicted(1)).isZero();
        assertThat(predictions.isCorrect(1)).isFalse();
        assertThat(predictions.probability(1, 1)).isEqualTo(0.3f);
    }

    @Test
    void predictsTheFirstOfEquallyProbableClasses() {
        assertThat(new Predictions(3, new float[] {0.2f, 0.4f, 0.4f}, new int[] {0}).predicted(0))
                .isEqualTo(1);
    }

    @Test
    void keepsItsOwnCopy() {
        float[] probabilities = {1, 0};
        int[] labels = {0};
        var predictions = new Predictions(2, probabilities, labels);

        probabilities[0] = 0;
        labels[0] = 1;

        assertThat(predictions.probability(0, 0)).isEqualTo(1);
        assertThat(predictions.label(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -0.1f, 1.1f})
    void refusesWhatIsNoProbability(float value) {
        assertThatThrownBy(() -> new Predictions(2, new float[] {1, 0, value, 0}, new int[] {0, 0}))
                .isInstanceOf(UnusablePredictionsException.class)
                .hasMessage("probability of image 1, class 0: " + value + ", must be 0 to 1");
    }

    @Test
    void refusesProbabilitiesThatDoNotSumToOne() {
        assertThatThrownBy(() -> new Predictions(2, new float[] {0.5f, 0.25f}, new int[] {0}))
                .isInstanceOf(UnusablePredictionsException.class)
                .hasMessage("sum of image 0's probabilities: 0.75, must be 1 within 0.001");
    }

    @Test
    void refusesLengthsThatDisagree() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Predictions(2, new float[3], new int[2]))
                .withMessage("probabilities: 3, must be 2 images * 2 classes = 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Predictions(2, new float[0], new int[0]))
                .withMessage("labels: 0, must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Predictions(0, new float[0], new int[1]))
                .withMessage("classes: 0, must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void refusesALabelOutOfRange(int label) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Predictions(2, new float[] {1, 0}, new int[] {label}))
                .withMessage("label of image 0: " + label + ", must be 0 to 1");
    }
}
