package io.catwalk.evaluation.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.catwalk.evaluation.scoring.Tally;
import io.catwalk.limits.v1.LimitsProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    private static final Gate GATE = new Gate(0.005, 0.80);

    /** Of 5000 validation images maxRegression allows 25 fewer; of 10000 test images minTestAccuracy wants 8000. */
    @ParameterizedTest
    @CsvSource({
        "4500, 4600, 9000, true",
        "4500, 4500, 9000, true",
        "4500, 4475, 9000, true",
        "4500, 4474, 9000, false",
        "4500, 5000, 8000, true",
        "4500, 5000, 7999, false",
        "4500, 4000, 7000, false",
        "0, 0, 8000, true",
    })
    void decidesOnValidationAndTheTestSetsMinimum(int champion, int validation, int test, boolean promoted) {
        Verdict verdict = GATE.evaluate(candidate(validation, test), champion(champion));

        assertThat(verdict).isInstanceOf(promoted ? Verdict.Promote.class : Verdict.Refuse.class);
    }

    @ParameterizedTest
    @CsvSource({"8000, true", "7999, false"})
    void withoutAChampionOnlyTheTestSetsMinimumCounts(int test, boolean promoted) {
        Verdict verdict = GATE.evaluate(candidate(0, test), new Opponent.None());

        assertThat(verdict).isInstanceOf(promoted ? Verdict.Promote.class : Verdict.Refuse.class);
    }

    /** In binary floating point 0.29 * 100 is 28.999999999999996, and 0.9 - 0.895 more than 0.005. */
    @Test
    void comparesLimitsAsTheyAreWritten() {
        var gate = new Gate(0.29, 0.29);
        var champion = new Champion(1, new Tally(100, 100));

        assertThat(gate.evaluate(new Candidate(new Tally(71, 100), new Tally(29, 100)), champion))
                .isInstanceOf(Verdict.Promote.class);
        assertThat(gate.evaluate(new Candidate(new Tally(70, 100), new Tally(29, 100)), champion))
                .isInstanceOf(Verdict.Refuse.class);
        assertThat(gate.evaluate(new Candidate(new Tally(71, 100), new Tally(28, 100)), champion))
                .isInstanceOf(Verdict.Refuse.class);
    }

    @Test
    void testFiguresNeverRankTwoModels() {
        Verdict worseOnTest = GATE.evaluate(candidate(4501, 8000), champion(4500));
        Verdict betterOnTest = GATE.evaluate(candidate(4400, 10_000), champion(4500));

        assertThat(worseOnTest).isInstanceOf(Verdict.Promote.class);
        assertThat(betterOnTest).isInstanceOf(Verdict.Refuse.class);
    }

    @Test
    void aRefusalNamesEachFigureAndLimitThatItFailed() {
        assertThat(GATE.evaluate(candidate(4474, 9000), champion(4500)).reason())
                .isEqualTo("validation accuracy 0.8948 (4474 of 5000) against 0.9000 (4500 of 5000) of version 3"
                        + " exceeds maxRegression 0.005");
        assertThat(GATE.evaluate(candidate(4474, 7999), champion(4500)).reason())
                .isEqualTo("validation accuracy 0.8948 (4474 of 5000) against 0.9000 (4500 of 5000) of version 3"
                        + " exceeds maxRegression 0.005; test accuracy 0.7999 (7999 of 10000) is below"
                        + " minTestAccuracy 0.8");
    }

    @Test
    void aPromotionNamesWhatItReached() {
        assertThat(GATE.evaluate(candidate(4600, 9012), champion(4500)).reason())
                .isEqualTo("validation accuracy 0.9200 (4600 of 5000) against 0.9000 (4500 of 5000) of version 3"
                        + " is within maxRegression 0.005; test accuracy 0.9012 (9012 of 10000) reaches"
                        + " minTestAccuracy 0.8");
        assertThat(GATE.evaluate(candidate(4600, 9012), new Opponent.None()).reason())
                .isEqualTo("there is no champion; test accuracy 0.9012 (9012 of 10000) reaches minTestAccuracy 0.8");
    }

    @Test
    void aVersionThatCannotBeComparedPreventsNoPromotion() {
        var opponent = new Opponent.Incomparable(3, "it is damaged");

        assertThat(GATE.evaluate(candidate(0, 9012), opponent))
                .isEqualTo(new Verdict.Promote("version 3 can't be compared, as it is damaged;"
                        + " test accuracy 0.9012 (9012 of 10000) reaches minTestAccuracy 0.8"));
        assertThat(GATE.evaluate(candidate(0, 7999), opponent)).isInstanceOf(Verdict.Refuse.class);
    }

    @Test
    void refusesScoresOfDifferentSplits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GATE.evaluate(candidate(4600, 9000), new Champion(3, new Tally(900, 1000))))
                .withMessage("champion's validation count: 1000, must be 5000 as the candidate's");
    }

    @ParameterizedTest
    @CsvSource({"-0.1", "1.1", "NaN"})
    void refusesLimitsThatAreNoShares(double limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(limit, 0))
                .withMessage("maxRegression: " + limit + ", must be 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(0, limit))
                .withMessage("minTestAccuracy: " + limit + ", must be 0 to 1");
    }

    @Test
    void acceptsTheLimitsOfRequests() {
        assertThat(io.catwalk.training.v1.Gate.getDescriptor().getFields()).allSatisfy(field -> {
            var range = field.getOptions().getExtension(LimitsProto.field).getNumber();
            new Gate(range.getMin(), range.getMin());
            new Gate(range.getMax(), range.getMax());
        });
    }

    private static Candidate candidate(int validation, int test) {
        return new Candidate(new Tally(validation, 5000), new Tally(test, 10_000));
    }

    private static Champion champion(int validation) {
        return new Champion(3, new Tally(validation, 5000));
    }
}
