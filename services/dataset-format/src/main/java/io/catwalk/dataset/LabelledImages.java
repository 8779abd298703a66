package io.catwalk.dataset;

/** Labelled images of one shape: uint8 pixels in HWC order (row, column, channel) and uint8 labels, wherever they are. */
public interface LabelledImages {
    ImageDimensions shape();

    int count();

    /** The class of an image, 0 to 255. */
    int label(int image);

    /** Copies one image, {@code shape().bytes()} unsigned bytes, into an array. */
    void copyPixels(int image, byte[] target, int targetOffset);

    /** How many images each class has; {@code classes} is above every label. */
    default int[] countPerClass(int classes) {
        int[] counts = new int[classes];
        for (int image = 0; image < count(); image++) {
            counts[label(image)]++;
        }
        return counts;
    }

    /** How often each pixel value occurs, over all channels. */
    default long[] histogram() {
        long[] histogram = new long[256];
        byte[] pixels = new byte[shape().bytes()];
        for (int image = 0; image < count(); image++) {
            copyPixels(image, pixels, 0);
            for (byte value : pixels) {
                histogram[value & 0xff]++;
            }
        }
        return histogram;
    }
}
