package io.catwalk.evaluation.report.page;

import java.util.Base64;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImagePng;
import io.catwalk.evaluation.scoring.LabelledImages;

/** A dataset's image as a PNG within the page. */
final class Picture {
    private Picture() {}

    /** @throws BadDatasetException for images of other than 1 or 3 channels */
    static String dataUri(LabelledImages images, int index) {
        ImageDimensions shape = new ImageDimensions(images.height(), images.width(), images.channels());
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(ImagePng.of(shape, images.pixels(index)));
    }
}
