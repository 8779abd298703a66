package io.catwalk.evaluation.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.ReportFixture;
import io.catwalk.evaluation.report.Split;
import org.junit.jupiter.api.Test;

class CurvePlotTest {
    @Test
    void drawsALineForEachSplitThatThereIs() {
        LineChart chart = new CurvePlot(ReportFixture.CURVE, Figure.LOSS).draw();

        assertThat(chart.lines()).extracting(LineChart.Line::name).containsExactly("train", "validation");
        assertThat(chart.lines()).extracting(LineChart.Line::last).containsExactly("0.2000", "0.8000");
        assertThat(chart.lines().getFirst().points()).isEqualTo("44.0,58.2 276.0,147.0 508.0,213.6");
    }

    @Test
    void marksTheLowestValidationLoss() {
        LineChart chart = new CurvePlot(ReportFixture.CURVE, Figure.LOSS).draw();

        assertThat(chart.best()).contains(new LineChart.Dot("276.0", "124.8"));
        assertThat(chart.caption())
                .isEqualTo("Lowest validation loss: 0.6000 after epoch 2, the circle. After the last, 3: 0.8000.");
    }

    @Test
    void marksTheHighestValidationAccuracyTheFirstTimeItWasReached() {
        List<CurvePoint> curve = IntStream.rangeClosed(1, 4)
                .mapToObj(epoch -> new CurvePoint(epoch, Split.VALIDATION, 1, Math.min(0.5 + 0.1 * epoch, 0.7)))
                .toList();

        assertThat(new CurvePlot(curve, Figure.ACCURACY).draw().caption())
                .isEqualTo("Highest validation accuracy: 0.7000 after epoch 2, the circle. After the last, 4: 0.7000.");
    }

    @Test
    void drawsACurveWithoutValidation() {
        LineChart chart = new CurvePlot(List.of(new CurvePoint(1, Split.TRAIN, 0.5, 0.8)), Figure.LOSS).draw();

        assertThat(chart.best()).isEmpty();
        assertThat(chart.caption()).isEmpty();
        assertThat(chart.lines()).hasSize(1);
    }

    @Test
    void dotsGiveWayToALongLine() {
        assertThat(trainLine(30).dots()).hasSize(30);
        assertThat(trainLine(31).dots()).isEmpty();
    }

    private static LineChart.Line trainLine(int epochs) {
        List<CurvePoint> curve = IntStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> new CurvePoint(epoch, Split.TRAIN, 1.0 / epoch, 0.5))
                .toList();
        return new CurvePlot(curve, Figure.LOSS).draw().lines().getFirst();
    }
}
