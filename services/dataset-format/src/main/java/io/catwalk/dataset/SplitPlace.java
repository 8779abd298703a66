package io.catwalk.dataset;

/**
 * Where a split's images and labels lie in a dataset's files, so that some can be read without the others.
 *
 * @param images the file that has its images, perhaps after those of another split
 * @param labels the file that has their labels, in the same order
 * @param firstImage the offset of its first image, in bytes
 * @param firstLabel the offset of its first label, in bytes
 * @param count how many images it has
 */
public record SplitPlace(
        DatasetFile images, DatasetFile labels, ImageDimensions shape, long firstImage, long firstLabel, int count) {

    /** As the files' lengths say: an IDX header's depends on how the file states its images' channels. */
    public static SplitPlace of(DatasetManifest manifest, SplitName split) {
        IdxFiles<DatasetFile> files = manifest.files();
        int train = manifest.counts().train().images();
        int validation = manifest.counts().validation().images();
        int test = manifest.counts().test().images();
        return switch (split) {
            case VALIDATION ->
                of(manifest, files.trainImages(), files.trainLabels(), new Part(0, validation, train + validation));
            case TRAIN ->
                of(manifest, files.trainImages(), files.trainLabels(), new Part(validation, train, train + validation));
            case TEST -> of(manifest, files.testImages(), files.testLabels(), new Part(0, test, test));
        };
    }

    private static SplitPlace of(DatasetManifest manifest, DatasetFile images, DatasetFile labels, Part part) {
        int bytes = manifest.imageShape().bytes();
        return new SplitPlace(
                images,
                labels,
                manifest.imageShape(),
                images.bytes() - (long) (part.all - part.first) * bytes,
                labels.bytes() - (part.all - part.first),
                part.count);
    }

    /** The offset of one image's {@code shape.bytes()} in the file of images. */
    public long image(int index) {
        return firstImage + (long) index * shape.bytes();
    }

    /** @param all how many images the file has */
    private record Part(int first, int count, int all) {}
}
