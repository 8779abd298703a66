package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class ScorerTest {
    private static final GeneratedImages IMAGES = new GeneratedImages(1, 2, 1, 1, 0, 1, 0, 1);

    @Test
    void classifiesEveryImageOnceInOrder() {
        List<Integer> batches = new ArrayList<>();
        List<Integer> progress = new ArrayList<>();
        BatchClassifier firstPixel = (images, count) -> {
            batches.add(count);
            float[] probabilities = new float[count * 2];
            for (int image = 0; image < count; image++) {
                probabilities[2 * image] = images[2 * image];
                probabilities[2 * image + 1] = 1 - images[2 * image];
            }
            return probabilities;
        };

        Predictions predictions = new Scorer(firstPixel, 2, 2).predict(IMAGES, progress::add);

        assertThat(batches).containsExactly(2, 2, 1);
        assertThat(progress).containsExactly(2, 4, 5);
        for (int image = 0; image < IMAGES.count(); image++) {
            assertThat(predictions.probability(image, 0)).isEqualTo((image * 100 & 0xFF) / 255f);
            assertThat(predictions.label(image)).isEqualTo(IMAGES.label(image));
        }
    }

    @Test
    void givesTheClassifierUnsignedPixelsFromZeroToOne() {
        List<float[]> seen = new ArrayList<>();
        BatchClassifier classifier = (images, count) -> {
            seen.add(images);
            return new float[] {1, 0};
        };

        new Scorer(classifier, 2, 1).predict(new GeneratedImages(16, 16, 1, 0), done -> {});

        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst()).hasSize(256).startsWith(0, 1 / 255f).endsWith(254 / 255f, 1);
    }

    @Test
    void refusesAnAnswerOfAnotherLength() {
        assertThatThrownBy(() -> new Scorer((images, count) -> new float[9], 3, 2).predict(IMAGES, done -> {}))
                .isInstanceOf(UnusablePredictionsException.class)
                .hasMessage("probabilities for a batch of 2: 9, must be 2 * 3 classes");
    }

    @Test
    void refusesAnEmptyBatch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scorer((images, count) -> images, 2, 0))
                .withMessage("batchSize: 0, must be at least 1");
    }
}
