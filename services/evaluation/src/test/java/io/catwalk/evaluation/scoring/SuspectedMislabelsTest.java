package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class SuspectedMislabelsTest {
    @Test
    void countsAnImageForTheClassAtOrAboveItsThresholdThatIsMostProbable() {
        // Thresholds: (0.75 + 0.5) / 2 = 0.625, 1 and (0.25 + 0) / 2 = 0.125.
        float[] probabilities = {.75f, .25f, 0, .5f, .25f, .25f, 0, 1, 0, .125f, .625f, .25f, .875f, .125f, 0};
        var suspects = SuspectedMislabels.of(new Predictions(3, probabilities, new int[] {0, 0, 1, 2, 2}));

        assertThat(suspects.thresholds())
                .containsExactly(OptionalDouble.of(0.625), OptionalDouble.of(1), OptionalDouble.of(0.125));
        assertThat(suspects.count()).isEqualTo(2);
        assertThat(suspects.images())
                .as(
                        "the surest first; image 3 is counted for its label, as its most probable class is below its threshold")
                .containsExactly(new Suspect(4, 2, 0, 0, .875f), new Suspect(1, 0, 2, .5f, .25f));
    }

    @Test
    void noImageIsCountedForAClassThatLabelsNone() {
        var suspects =
                SuspectedMislabels.of(new Predictions(3, new float[] {.2f, .2f, .6f, .2f, .7f, .1f}, new int[2]));

        assertThat(suspects.thresholds().subList(1, 3)).containsOnly(OptionalDouble.empty());
        assertThat(suspects.images()).isEmpty();
    }

    @Test
    void equalLeadsStandInTheSplitsOrderAndOnlyTheFirstAreKept() {
        int count = 2 * SuspectedMislabels.MOST + 2;
        float[] probabilities = new float[2 * count];
        int[] labels = new int[count];
        for (int image = 0; image < count; image++) {
            labels[image] = image % 2;
            probabilities[2 * image + (image < count - 2 ? 1 - labels[image] : labels[image])] = 1;
        }
        var suspects = SuspectedMislabels.of(new Predictions(2, probabilities, labels));

        assertThat(suspects.count()).isEqualTo(count - 2);
        assertThat(suspects.images())
                .extracting(Suspect::index)
                .containsExactlyElementsOf(
                        IntStream.range(0, SuspectedMislabels.MOST).boxed().toList());
    }

    /** A model that is right 19 times of 20 and sure of it, on a set of which every 25th label is wrong. */
    @Test
    void findsMostOfTheLabelsThatWereMadeWrong() {
        Random random = new Random(7);
        int count = 5000;
        float[] probabilities = new float[4 * count];
        int[] labels = new int[count];
        for (int image = 0; image < count; image++) {
            int truth = random.nextInt(4);
            int answer = random.nextInt(20) == 0 ? random.nextInt(4) : truth;
            float rest = random.nextFloat() * 0.2f;
            for (int other = 0; other < 4; other++) {
                probabilities[4 * image + other] = other == answer ? 1 - rest : rest / 3;
            }
            labels[image] = image % 25 == 0 ? (truth + 1) % 4 : truth;
        }
        var suspects = SuspectedMislabels.of(new Predictions(4, probabilities, labels));

        long found = suspects.images().stream()
                .filter(suspect -> suspect.index() % 25 == 0)
                .count();
        assertThat(found).as("of 200").isGreaterThan(150);
        assertThat(suspects.count() - found).as("labels that are right").isLessThan(count / 20);
    }
}
