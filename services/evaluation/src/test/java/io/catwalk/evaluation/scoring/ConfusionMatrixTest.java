package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    @Test
    void countsByLabelAndPrediction() {
        float[] probabilities = {
            1, 0, 0,
            0, 1, 0,
            0, 1, 0,
            0, 0, 1,
            0, 1, 0
        };

        var confusion = ConfusionMatrix.of(new Predictions(3, probabilities, new int[] {0, 0, 1, 2, 2}));

        assertThat(confusion.rows()).containsExactly(List.of(1, 1, 0), List.of(0, 1, 0), List.of(0, 1, 1));
        assertThat(confusion.count(2, 1)).isEqualTo(1);
        assertThat(confusion.labelled(2)).isEqualTo(2);
        assertThat(confusion.predicted(1)).isEqualTo(3);
        assertThat(confusion.correct()).isEqualTo(3);
        assertThat(confusion.total()).isEqualTo(5);
    }

    @Test
    void refusesWhatIsNoSquareOfCounts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfusionMatrix(List.of()))
                .withMessage("rows: 0, must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfusionMatrix(List.of(List.of(1, 2))))
                .withMessage("columns: 2, must be 1 as rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfusionMatrix(List.of(List.of(-1))))
                .withMessage("counts: [-1], must be at least 0");
    }
}
