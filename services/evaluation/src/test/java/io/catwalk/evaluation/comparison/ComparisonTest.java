package io.catwalk.evaluation.comparison;

import static io.catwalk.evaluation.comparison.ComparisonFixture.comparison;
import static io.catwalk.evaluation.comparison.ComparisonFixture.run;
import static io.catwalk.evaluation.comparison.ComparisonFixture.unpredicted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void countsEachImageOnce() {
        Disagreement pair = comparison(run("A", "plain", 0, 0, 2, 0, 1), run("B", "dropout", 0, 1, 1, 0, 0))
                .disagreements()
                .getFirst();

        assertThat(pair.bothRight()).isEqualTo(1);
        assertThat(pair.onlyFirst()).containsExactly(1);
        assertThat(pair.onlySecond()).containsExactly(2);
        assertThat(pair.bothWrongAlike()).isEqualTo(1);
        assertThat(pair.bothWrong()).containsExactly(4);
        assertThat(pair.test()).isEqualTo(McNemar.of(1, 1));
    }

    @Test
    void pairsEachTwoThatKeptTheirPredictions() {
        Comparison comparison = comparison(
                run("A", "one", 0, 0, 1, 2, 2),
                unpredicted("B", "old"),
                run("C", "two", 0, 0, 1, 2, 2),
                run("D", "three", 0, 0, 1, 2, 2));

        assertThat(comparison.disagreements())
                .extracting(pair -> pair.first().key() + pair.second().key())
                .containsExactly("AC", "AD", "CD");
    }

    @Test
    void refusesPredictionsOfAnotherSplit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("A", "plain", 0, 0))
                .withMessage("predictions of run plain: 2, must be 5");
    }
}
