package io.catwalk.dataset;

/**
 * What a dataset of pictures was made of, and how.
 *
 * @param archive the digest of the archive's bytes, {@code sha256:<64 lower-case hex digits>}
 * @param rule the number of the rules by which pictures became images of the dataset's shape
 * @param seed that decided who is in the splits that the archive doesn't have itself, and the order of the images
 * @param validationShare of each class, if the archive has no validation split itself
 * @param testShare of each class, if the archive has no test split itself
 */
public record PictureOrigin(String archive, int rule, long seed, double validationShare, double testShare) {
    public PictureOrigin {
        Sha256.check("an archive's", archive);
        if (rule < 1) {
            throw new BadDatasetException("a picture rule is " + rule + ", must be at least 1");
        }
    }
}
