package io.catwalk.evaluation.report;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.scoring.Sample;
import io.catwalk.evaluation.scoring.SampleChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationReportTest {
    private static final EvaluationReport REPORT = ReportFixture.report();

    @Test
    void refusesNamesForAnotherNumberOfClasses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportFixture.report(List.of("Trouser", "Bag"), List.of()))
                .withMessage("validation.confusion: 3 classes, must be 2 as labelNames");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, 0, 'samples.index: 5, must be 0 to 4'",
        "-1, 0, 0, 'samples.index: -1, must be 0 to 4'",
        "0, 3, 0, 'samples.label: 3, must be 0 to 2'",
        "0, 0, 3, 'samples.predicted: 3, must be 0 to 2'"
    })
    void refusesASampleThatIsNotThere(int index, int label, int predicted, String message) {
        var samples = new SampleChoice(List.of(), List.of(new Sample(index, label, predicted, 1)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(EvaluationReport.SCHEMA, samples))
                .withMessage(message);
    }

    @Test
    void refusesAnotherSchema() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(2, REPORT.samples()))
                .withMessage("schema: 2, must be 1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.5, 0.5, 'epoch: 0, must be at least 1'",
        "1, NaN, 0.5, 'loss of epoch 1: NaN, must be finite'",
        "1, 0.5, 1.5, 'accuracy of epoch 1: 1.5, must be 0 to 1'"
    })
    void refusesAPointOffTheCurve(int epoch, double loss, double accuracy, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CurvePoint(epoch, Split.TRAIN, loss, accuracy))
                .withMessage(message);
    }

    private static EvaluationReport with(int schema, SampleChoice samples) {
        return new EvaluationReport(
                schema,
                REPORT.run(),
                REPORT.labelNames(),
                REPORT.validation(),
                REPORT.test(),
                REPORT.curve(),
                samples,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                REPORT.assessment());
    }
}
