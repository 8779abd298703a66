package io.catwalk.pictureset;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.dataset.ImageDimensions;

/**
 * What a set of pictures is to become.
 *
 * @param image what each picture is brought to
 * @param shares of the splits that the set doesn't have itself
 * @param seed that decides who is in them
 * @param skipUnreadable the share of files, 0 to 1, that may be left out because they can't be read
 */
public record PictureSetOptions(ImageDimensions image, SplitShares shares, long seed, double skipUnreadable) {
    public PictureSetOptions {
        if (!(skipUnreadable >= 0 && skipUnreadable <= 1)) {
            throw new BadDatasetException("skipUnreadable is " + skipUnreadable + ", must be 0 to 1");
        }
    }
}
