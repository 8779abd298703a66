package io.catwalk.evaluation.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.catwalk.evaluation.scoring.Predictions;
import io.catwalk.evaluation.scoring.SplitScore;
import org.junit.jupiter.api.Test;

class MetricsTableTest {
    @Test
    void anEmptyClassIsShownAsEmptyAndCountsInNoAverage() {
        SplitScore score = SplitScore.of(new Predictions(3, new float[] {0, 1, 0, 0, 0, 1}, new int[] {1, 2}));

        MetricsTable table = MetricsTable.of(score, List.of("N/A", "A", "B"));

        assertThat(table.classes().getFirst())
                .isEqualTo(new MetricsTable.Row("N/A (empty: no image, never predicted)", "–", "–", "–", 0));
        assertThat(table.averages().getFirst())
                .isEqualTo(new MetricsTable.Row("Macro average", "1.0000", "1.0000", "1.0000", 2));
    }
}
