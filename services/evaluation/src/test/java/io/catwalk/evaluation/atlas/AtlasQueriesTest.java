package io.catwalk.evaluation.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import io.catwalk.dataset.DatasetFile;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.evaluation.atlas.SampleQuery.Order;
import io.catwalk.evaluation.report.ReportFixture;
import io.catwalk.evaluation.scoring.Confidences;
import io.catwalk.evaluation.scoring.PredictedClasses;
import io.catwalk.evaluation.scoring.Predictions;
import org.junit.jupiter.api.Test;

/** Five images of the classes 0, 0, 1, 2 and 2. */
class AtlasQueriesTest {
    private static final int[] LABELS = {0, 0, 1, 2, 2};
    /** Predicted: 0, 1, 0, 2 and 0. */
    private static final ScoredTestSet FIRST =
            set('a', .75f, .25f, 0, .25f, .5f, .25f, .875f, .125f, 0, 0, 0, 1, .5f, .25f, .25f);
    /** Predicted: 1, 0, 0, 2 and 2. */
    private static final ScoredTestSet SECOND = set('a', 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1);

    @Test
    void findsByLabelPredictionAndOutcome() {
        assertThat(query(Optional.of(0), Optional.empty(), Optional.empty(), Order.INDEX))
                .containsExactly(0, 1);
        assertThat(query(Optional.empty(), Optional.of(0), Optional.of(false), Order.INDEX))
                .containsExactly(2, 4);
        assertThat(query(Optional.of(2), Optional.of(2), Optional.of(true), Order.INDEX))
                .containsExactly(3);
        assertThat(query(Optional.of(1), Optional.of(1), Optional.empty(), Order.INDEX))
                .isEmpty();
    }

    @Test
    void ordersByConfidenceAndEqualOnesByPlace() {
        assertThat(query(Optional.empty(), Optional.empty(), Optional.empty(), Order.CONFIDENCE))
                .containsExactly(3, 2, 0, 1, 4);
        assertThat(query(Optional.empty(), Optional.empty(), Optional.of(false), Order.CONFIDENCE))
                .containsExactly(2, 1, 4);
    }

    @Test
    void changesAreNewlyRightOrNewlyWrong() {
        Changes changes = Changes.of(FIRST, SECOND);

        assertThat(changes.newlyRight()).containsExactly(1, 4);
        assertThat(changes.newlyWrong()).containsExactly(0);
        assertThat(changes.all()).containsExactly(0, 1, 4);
        assertThat(Changes.of(SECOND, FIRST).newlyRight()).containsExactly(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changes.of(set('b', 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0), FIRST))
                .withMessageEndingWith("were scored on different test sets");
    }

    private static List<Integer> query(
            Optional<Integer> label, Optional<Integer> predicted, Optional<Boolean> right, Order order) {
        return new SampleQuery(label, predicted, right, order).in(FIRST);
    }

    private static ScoredTestSet set(char digit, float... probabilities) {
        byte[] labels = new byte[LABELS.length];
        for (int image = 0; image < labels.length; image++) {
            labels[image] = (byte) LABELS[image];
        }
        Predictions predictions = new Predictions(3, probabilities, LABELS);
        DatasetFile file = new DatasetFile("sha256:" + Character.toString(digit).repeat(64), 1);
        return new ScoredTestSet(
                ReportFixture.report(),
                new IdxFiles<>(file, file, file, file),
                ByteBuffer.wrap(labels),
                PredictedClasses.of(predictions),
                Optional.of(Confidences.of(predictions)));
    }
}
