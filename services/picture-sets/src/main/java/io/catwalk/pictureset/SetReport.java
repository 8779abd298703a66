package io.catwalk.pictureset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.dataset.StagedDataset;
import io.catwalk.dataset.StagedImages;

/**
 * What is to know of a set of pictures before one trains on it.
 *
 * @param pictures that it has
 * @param classes in the order of their numbers
 * @param imbalance the largest class by the smallest that has any, all splits together
 * @param duplicates pictures of which another one is equal
 * @param unreadable files that were left out
 * @param unreadableFiles the first of them, each with its reason
 */
public record SetReport(
        int pictures,
        List<ClassCount> classes,
        double imbalance,
        Duplicates duplicates,
        int unreadable,
        List<String> unreadableFiles) {
    public SetReport {
        classes = List.copyOf(classes);
        unreadableFiles = List.copyOf(unreadableFiles);
    }

    /** How many pictures of a class each split has. */
    public record ClassCount(String name, int train, int validation, int test) {
        int all() {
            return train + validation + test;
        }
    }

    /**
     * That of a dataset which came as IDX files, whose images are called by their file and place in it.
     *
     * @param folder for a file of 16 bytes for each image; it is left to the caller
     */
    public static SetReport of(StagedDataset dataset, Path folder) throws IOException {
        PictureIndex index = new PictureIndex(folder);
        int validationImages;
        int trainingImages;
        try (index;
                StagedImages validation = dataset.validation();
                StagedImages train = dataset.train();
                StagedImages test = dataset.test()) {
            index.addAll(validation, Split.VALIDATION);
            validationImages = index.size();
            index.addAll(train, Split.TRAIN);
            trainingImages = index.size();
            index.addAll(test, Split.TEST);
        }
        PictureNames names =
                place -> place < trainingImages ? "training image " + place : "test image " + (place - trainingImages);
        PicturePlaces places = place -> switch (index.split(place).orElseThrow()) {
            case VALIDATION -> place;
            case TRAIN -> place - validationImages;
            case TEST -> place - trainingImages;
        };
        return of(index, dataset.manifest().labelNames(), Duplicates.of(index, names, places), new Unreadables(0));
    }

    static SetReport of(PictureIndex index, List<String> classNames, Duplicates duplicates, Unreadables unreadables) {
        List<ClassCount> classes = count(index, classNames);
        IntSummaryStatistics sizes = classes.stream()
                .mapToInt(ClassCount::all)
                .filter(size -> size > 0)
                .summaryStatistics();
        return new SetReport(
                index.size(),
                classes,
                (double) sizes.getMax() / sizes.getMin(),
                duplicates,
                unreadables.count(),
                unreadables.named());
    }

    private static List<ClassCount> count(PictureIndex index, List<String> classNames) {
        int[][] counts = new int[classNames.size()][Split.values().length];
        for (int picture = 0; picture < index.size(); picture++) {
            counts[index.classNumber(picture)][
                    index.split(picture).orElseThrow().ordinal()]++;
        }
        return IntStream.range(0, counts.length)
                .mapToObj(number -> new ClassCount(
                        classNames.get(number),
                        counts[number][Split.TRAIN.ordinal()],
                        counts[number][Split.VALIDATION.ordinal()],
                        counts[number][Split.TEST.ordinal()]))
                .toList();
    }
}
