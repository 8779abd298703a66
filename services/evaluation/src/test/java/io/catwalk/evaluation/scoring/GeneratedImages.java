package io.catwalk.evaluation.scoring;

/** Images whose values follow from their index, with the labels that a test gives. */
public record GeneratedImages(int height, int width, int channels, int... labels) implements LabelledImages {
    @Override
    public int count() {
        return labels.length;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public byte[] pixels(int index) {
        byte[] pixels = new byte[height * width * channels];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            pixels[pixel] = (byte) (index * 100 + pixel);
        }
        return pixels;
    }
}
