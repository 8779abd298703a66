package io.catwalk.network.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.catwalk.network.graph.RandomKeys;
import io.catwalk.network.initializer.SplitMix64;
import io.catwalk.network.layer.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;

/** What comes out of the graph against the same change made by loops. */
class AugmentationTest {
    private static final ImageShape SHAPE = new ImageShape(9, 7, 2);
    private static final int SIZE = (int) SHAPE.size();
    private static final int COUNT = 2000;
    private static final float[] IMAGES = images();

    @Test
    void flipsSomeImagesAndKeepsTheOthers() {
        List<float[]> changed = run(new HorizontalFlip(0.3f), 1, 0);
        int flipped = 0;
        for (int image = 0; image < COUNT; image++) {
            boolean stayed = Arrays.equals(changed.get(image), original(image));
            if (!stayed) {
                assertThat(changed.get(image)).isEqualTo(mirrored(original(image)));
                flipped++;
            }
        }
        assertThat(flipped / (double) COUNT).isCloseTo(0.3, within(0.04));
    }

    @Test
    void aCropShiftsTheImageAndPadsWithZeros() {
        List<float[]> changed = run(new RandomCrop(2), 1, 0);
        int[][] seen = new int[5][5];
        for (int image = 0; image < COUNT; image++) {
            int[] move = move(changed.get(image), original(image), 2);
            seen[move[0]][move[1]]++;
        }
        for (int[] row : seen) {
            for (int count : row) {
                assertThat(count).as("each of 25 moves as often").isBetween(40, 125);
            }
        }
    }

    @Test
    void anErasedRectangleHasItsAreaAndRatioAndIsNoise() {
        var erasing = new RandomErasing(0.6f, 0.1f, 0.4f, 0.3f);
        List<float[]> changed = run(erasing, 1, 0);
        int erased = 0;
        List<Float> noise = new ArrayList<>();
        for (int image = 0; image < COUNT; image++) {
            Box box = Box.of(changed.get(image), original(image));
            if (box.isEmpty()) {
                continue;
            }
            erased++;
            double height = box.bottom - box.top + 1;
            double width = box.right - box.left + 1;
            assertThat(height).isLessThan(SHAPE.height());
            assertThat(width).isLessThan(SHAPE.width());
            assertThat((height + 0.5) * (width + 0.5)).isGreaterThanOrEqualTo(0.1 * 63);
            assertThat((height - 0.5) * (width - 0.5)).isLessThanOrEqualTo(0.4 * 63);
            assertThat((height + 0.5) / (width - 0.5)).isGreaterThan(0.3);
            assertThat((height - 0.5) / (width + 0.5)).isLessThan(1 / 0.3);
            for (int row = box.top; row <= box.bottom; row++) {
                for (int at = index(row, box.left, 0); at <= index(row, box.right, 1); at++) {
                    assertThat(changed.get(image)[at]).as("filled throughout").isNotEqualTo(original(image)[at]);
                    noise.add(changed.get(image)[at]);
                }
            }
        }
        assertThat(erased / (double) COUNT).isCloseTo(0.6, within(0.05));
        assertThat(noise).allMatch(value -> value >= 0 && value < 1);
        assertThat(noise.stream().mapToDouble(Float::doubleValue).average().orElseThrow())
                .isCloseTo(0.5, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void isTheSameForTheSameSeedAndStepAlone(int kind) {
        Augmentation augmentation = List.of(new HorizontalFlip(), new RandomCrop(3), new RandomErasing())
                .get(kind);
        float[] first = joined(run(augmentation, 1, 5));

        assertThat(joined(run(augmentation, 1, 5))).isEqualTo(first);
        assertThat(joined(run(augmentation, 2, 5))).isNotEqualTo(first);
        assertThat(joined(run(augmentation, 1, 6))).isNotEqualTo(first);
    }

    @Test
    void refuseValuesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HorizontalFlip(1.1f))
                .withMessage("probability must be at least 0 and at most 1, not 1.1");
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomCrop(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomCrop(7).requireFit(SHAPE))
                .withMessage("padding is 7, must be below 7 on images of 9x7x2");
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomErasing(Float.NaN, 0.1f, 0.2f, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomErasing(1, 0.3f, 0.2f, 1))
                .withMessage("areas must rise from above 0 to below 1, not from 0.3 to 0.2");
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomErasing(1, 0.1f, 0.2f, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomErasing().requireFit(new ImageShape(1, 5, 1)))
                .withMessage("random erasing needs images of at least 2x2, not 1x5x1");
    }

    /** The smallest box around all pixels that differ. */
    private record Box(int top, int left, int bottom, int right) {
        static Box of(float[] changed, float[] original) {
            int top = SHAPE.height();
            int left = SHAPE.width();
            int bottom = -1;
            int right = -1;
            for (int row = 0; row < SHAPE.height(); row++) {
                for (int column = 0; column < SHAPE.width(); column++) {
                    if (changed[index(row, column, 0)] != original[index(row, column, 0)]) {
                        top = Math.min(top, row);
                        left = Math.min(left, column);
                        bottom = row;
                        right = Math.max(right, column);
                    }
                }
            }
            return new Box(top, left, bottom, right);
        }

        boolean isEmpty() {
            return bottom < 0;
        }
    }

    /** The one place in the padded image that the crop begins at. */
    private static int[] move(float[] changed, float[] original, int padding) {
        int[] found = null;
        for (int dy = 0; dy <= 2 * padding; dy++) {
            for (int dx = 0; dx <= 2 * padding; dx++) {
                if (Arrays.equals(changed, cropped(original, dy - padding, dx - padding))) {
                    assertThat(found).as("only one move fits").isNull();
                    found = new int[] {dy, dx};
                }
            }
        }
        assertThat(found).as("some move fits").isNotNull();
        return found;
    }

    private static float[] cropped(float[] original, int dy, int dx) {
        float[] cropped = new float[SIZE];
        for (int row = Math.max(0, -dy); row < Math.min(SHAPE.height(), SHAPE.height() - dy); row++) {
            for (int column = Math.max(0, -dx); column < Math.min(SHAPE.width(), SHAPE.width() - dx); column++) {
                for (int channel = 0; channel < SHAPE.channels(); channel++) {
                    cropped[index(row, column, channel)] = original[index(row + dy, column + dx, channel)];
                }
            }
        }
        return cropped;
    }

    private static float[] mirrored(float[] original) {
        float[] mirrored = new float[SIZE];
        for (int row = 0; row < SHAPE.height(); row++) {
            for (int column = 0; column < SHAPE.width(); column++) {
                for (int channel = 0; channel < SHAPE.channels(); channel++) {
                    mirrored[index(row, column, channel)] = original[index(row, SHAPE.width() - 1 - column, channel)];
                }
            }
        }
        return mirrored;
    }

    private static int index(int row, int column, int channel) {
        return (row * SHAPE.width() + column) * SHAPE.channels() + channel;
    }

    private static float[] original(int image) {
        return Arrays.copyOfRange(IMAGES, image * SIZE, (image + 1) * SIZE);
    }

    private static float[] images() {
        float[] images = new float[COUNT * SIZE];
        for (int i = 0; i < images.length; i++) {
            images[i] = SplitMix64.unit(SplitMix64.key(1, "images"), i);
        }
        return images;
    }

    private static float[] joined(List<float[]> images) {
        float[] joined = new float[images.size() * SIZE];
        for (int image = 0; image < images.size(); image++) {
            System.arraycopy(images.get(image), 0, joined, image * SIZE, SIZE);
        }
        return joined;
    }

    private static List<float[]> run(Augmentation augmentation, long seed, long step) {
        augmentation.requireFit(SHAPE);
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            var batch = tf.constant(
                    Shape.of(COUNT, SHAPE.height(), SHAPE.width(), SHAPE.channels()), DataBuffers.of(IMAGES));
            var key = new RandomKeys(seed, tf.constant(step)).of(tf, augmentation.kind());
            try (Result result = session.runner()
                    .fetch(augmentation.apply(tf, batch, SHAPE, key))
                    .run()) {
                float[] values = new float[COUNT * SIZE];
                result.get(0).asRawTensor().data().asFloats().read(values);
                List<float[]> images = new ArrayList<>();
                for (int image = 0; image < COUNT; image++) {
                    images.add(Arrays.copyOfRange(values, image * SIZE, (image + 1) * SIZE));
                }
                return images;
            }
        }
    }
}
