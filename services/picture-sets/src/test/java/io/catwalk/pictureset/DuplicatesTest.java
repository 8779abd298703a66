package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.catwalk.pictureset.Duplicates.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesTest {
    @TempDir
    private Path folder;

    @Test
    void tellsRepeatsLeaksAndContradictions() throws IOException {
        PictureIndex index = new PictureIndex(folder);
        NameFile names = new NameFile(folder);
        try (names;
                index) {
            add(index, names, "x", 0, Split.TRAIN);
            add(index, names, "x", 0, Split.TRAIN);
            add(index, names, "x", 0, Split.TEST);
            add(index, names, "y", 0, Split.VALIDATION);
            add(index, names, "y", 1, Split.TEST);
            add(index, names, "z", 1, Split.TRAIN);
        }

        Duplicates duplicates = Duplicates.of(index, names, place -> 10 * place);

        assertThat(duplicates)
                .isEqualTo(new Duplicates(
                        1,
                        0,
                        1,
                        1,
                        2,
                        List.of(
                                new Pair("2-x", Split.TEST, 20, 0, "0-x", Split.TRAIN, 0, 0, true),
                                new Pair("4-y", Split.TEST, 40, 1, "3-y", Split.VALIDATION, 30, 0, false),
                                new Pair("1-x", Split.TRAIN, 10, 0, "0-x", Split.TRAIN, 0, 0, true))));
    }

    @Test
    void namesSomeOfMany() throws IOException {
        PictureIndex index = new PictureIndex(folder);
        NameFile names = new NameFile(folder);
        try (names;
                index) {
            for (int picture = 0; picture < 100; picture++) {
                add(index, names, "x", 0, Split.TRAIN);
            }
        }

        Duplicates duplicates = Duplicates.of(index, names, place -> 10 * place);

        assertThat(duplicates.repeated()).isEqualTo(99);
        assertThat(duplicates.examples()).hasSize(20);
    }

    /** More than one part of the search has. */
    @Test
    void findsAllOfMillions() throws IOException {
        int pairs = 600_000;
        PictureIndex index = new PictureIndex(folder);
        try (index) {
            for (int picture = 0; picture < 2 * pairs; picture++) {
                Key pixels = Key.of("picture " + picture % pairs);
                index.add(pixels, 0, Optional.of(picture < pairs ? Split.TRAIN : Split.TEST));
            }
        }

        Duplicates duplicates = Duplicates.of(index, Integer::toString, place -> place);

        assertThat(duplicates.testInTrain()).isEqualTo(pairs);
        assertThat(duplicates.repeated()).isZero();
        assertThat(duplicates.examples())
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(number -> new Pair(
                                Integer.toString(pairs + number),
                                Split.TEST,
                                pairs + number,
                                0,
                                Integer.toString(number),
                                Split.TRAIN,
                                number,
                                0,
                                true))
                        .toList());
    }

    private static void add(PictureIndex index, NameFile names, String pixels, int number, Split split)
            throws IOException {
        names.add(index.size() + "-" + pixels);
        index.add(Key.of(pixels), number, Optional.of(split));
    }
}
