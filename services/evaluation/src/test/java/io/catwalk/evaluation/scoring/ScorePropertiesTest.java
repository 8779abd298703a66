package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScorePropertiesTest {
    @Property
    void theMatrixHoldsEveryImageOnce(@ForAll("predictions") Predictions predictions) {
        var confusion = ConfusionMatrix.of(predictions);

        assertThat(confusion.total()).isEqualTo(predictions.count());
        assertThat(classes(predictions).map(confusion::predicted).sum()).isEqualTo(predictions.count());
        assertThat(classes(predictions))
                .allSatisfy(label -> assertThat(confusion.labelled(label))
                        .isEqualTo(images(predictions)
                                .filter(image -> predictions.label(image) == label)
                                .count()));
        assertThat(confusion.correct())
                .isEqualTo(images(predictions).filter(predictions::isCorrect).count());
    }

    @Property
    void figuresAreShares(@ForAll("predictions") Predictions predictions) {
        var score = SplitScore.of(predictions);
        var report = score.classification();
        var averages = List.of(report.macroAverage(), report.weightedAverage());

        assertThat(score.accuracy()).isBetween(0.0, 1.0);
        assertThat(score.loss()).isNotNegative().isFinite();
        assertThat(Stream.concat(report.classes().stream(), averages.stream())).allSatisfy(metrics -> {
            assertThat(metrics.precision()).isBetween(0.0, 1.0);
            assertThat(metrics.recall()).isBetween(0.0, 1.0);
            assertThat(metrics.f1()).isBetween(0.0, 1.0);
        });
    }

    @Property
    void weightedRecallIsTheAccuracy(@ForAll("predictions") Predictions predictions) {
        var score = SplitScore.of(predictions);

        assertThat(score.classification().weightedAverage().recall()).isCloseTo(score.accuracy(), within(1e-12));
    }

    @Property
    void samplesAreTheFirstOfTheirKind(@ForAll("predictions") Predictions predictions) {
        var choice = SampleChoice.first(25, predictions);

        assertThat(choice.correct().stream().map(Sample::index))
                .containsExactlyElementsOf(images(predictions)
                        .filter(predictions::isCorrect)
                        .limit(25)
                        .boxed()
                        .toList());
        assertThat(choice.wrong())
                .hasSize((int) Math.min(25, images(predictions).count() - correct(predictions)))
                .allSatisfy(sample -> assertThat(sample.label()).isNotEqualTo(sample.predicted()));
    }

    private static long correct(Predictions predictions) {
        return images(predictions).filter(predictions::isCorrect).count();
    }

    private static IntStream classes(Predictions predictions) {
        return IntStream.range(0, predictions.classes());
    }

    private static IntStream images(Predictions predictions) {
        return IntStream.range(0, predictions.count());
    }

    @Provide
    Arbitrary<Predictions> predictions() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 120),
                        Arbitraries.longs())
                .as(ScorePropertiesTest::random);
    }

    private static Predictions random(int classes, int count, long seed) {
        var random = new Random(seed);
        float[] probabilities = new float[classes * count];
        for (int image = 0; image < count; image++) {
            double[] weights = random.doubles(classes, 1e-9, 1).toArray();
            double sum = Arrays.stream(weights).sum();
            for (int candidate = 0; candidate < classes; candidate++) {
                probabilities[image * classes + candidate] = (float) (weights[candidate] / sum);
            }
        }
        return new Predictions(
                classes, probabilities, random.ints(count, 0, classes).toArray());
    }
}
