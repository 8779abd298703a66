package io.catwalk.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A picture of a set: one row for each class, with its name, how many images it has, and the first of them in the set's
 * order. Which samples are shown depends on the set alone; the pixels of the text depend on the machine's fonts; without
 * any the samples stand alone. It needs no display.
 *
 * @param images a class without any has an empty row
 * @param labelNames one for each class
 * @param samplesPerClass how many columns, 1 to {@value #MAX_SAMPLES}
 */
public record SampleSheet(LabelledImages images, List<String> labelNames, int samplesPerClass) {
    public static final int DEFAULT_SAMPLES = 10;
    public static final int MAX_SAMPLES = 25;

    /** @throws BadDatasetException when a label has no name */
    public SampleSheet {
        labelNames = LabelNames.checked(labelNames);
        if (samplesPerClass < 1 || samplesPerClass > MAX_SAMPLES) {
            throw new IllegalArgumentException(
                    "samplesPerClass is " + samplesPerClass + ", must be 1 to " + MAX_SAMPLES);
        }
        for (int i = 0; i < images.count(); i++) {
            if (images.label(i) >= labelNames.size()) {
                throw new BadDatasetException(
                        "label " + i + " is " + images.label(i) + ", must be below " + labelNames.size());
            }
        }
    }

    /** The sheet of a dataset's training split. */
    public static SampleSheet of(Dataset dataset) {
        return new SampleSheet(dataset.splits().train(), dataset.manifest().labelNames(), DEFAULT_SAMPLES);
    }

    /** That of a dataset in files, as a PNG file. */
    public static byte[] png(StagedDataset dataset) throws IOException {
        try (StagedImages train = dataset.train()) {
            return new SampleSheet(train, dataset.manifest().labelNames(), DEFAULT_SAMPLES).png();
        }
    }

    /** The sheet as an RGB picture. */
    public BufferedImage draw() {
        return new SampleSheetPainter(this).paint();
    }

    /** The sheet as a PNG file. */
    public byte[] png() {
        return ImagePng.encoded(draw());
    }

    /** The indices of the images that a class's row shows, in order. */
    List<Integer> samples(int label) {
        return IntStream.range(0, images.count())
                .filter(i -> images.label(i) == label)
                .limit(samplesPerClass)
                .boxed()
                .toList();
    }
}
