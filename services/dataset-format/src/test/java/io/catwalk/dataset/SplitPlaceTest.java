package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitPlaceTest {
    private static final ImageDimensions SHAPE = new ImageDimensions(2, 3, 1);

    /** A file may state one channel as a fourth dimension, which makes its header longer. */
    @ParameterizedTest
    @CsvSource({"16", "20"})
    void findsEachSplitByTheLengthsOfItsFiles(int header) {
        DatasetManifest manifest = manifest(header);

        SplitPlace train = SplitPlace.of(manifest, SplitName.TRAIN);
        SplitPlace validation = SplitPlace.of(manifest, SplitName.VALIDATION);
        SplitPlace test = SplitPlace.of(manifest, SplitName.TEST);

        assertThat(validation.image(1)).isEqualTo(header + 6);
        assertThat(train.image(0)).isEqualTo(header + 4 * 6);
        assertThat(train.image(4)).isEqualTo(header + 8 * 6);
        assertThat(test.image(2)).isEqualTo(header + 2 * 6);
        assertThat(List.of(validation.firstLabel(), train.firstLabel(), test.firstLabel()))
                .containsExactly(8L, 12L, 8L);
        assertThat(List.of(validation.count(), train.count(), test.count())).containsExactly(4, 5, 3);
        assertThat(test.images()).isEqualTo(manifest.files().testImages());
        assertThat(train.labels()).isEqualTo(manifest.files().trainLabels());
    }

    private static DatasetManifest manifest(int header) {
        return new DatasetManifest(
                DatasetManifest.SCHEMA,
                SHAPE,
                2,
                List.of("a", "b"),
                new IdxFiles<>(
                        file('1', header + 9 * 6), file('2', 8 + 9), file('3', header + 3 * 6), file('4', 8 + 3)),
                4,
                new SplitCounts(
                        new SplitCount(5, List.of(2, 3)),
                        new SplitCount(4, List.of(2, 2)),
                        new SplitCount(3, List.of(3, 0))),
                new PixelStatistics(0, 9, 4, 2),
                Optional.empty());
    }

    private static DatasetFile file(char digit, long bytes) {
        return new DatasetFile("sha256:" + Character.toString(digit).repeat(64), bytes);
    }
}
