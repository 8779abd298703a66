package io.catwalk.serving;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.List;
import javax.imageio.ImageIO;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.WeightSpec;

/** A real model with made-up weights: class k is the brighter, the more light is in the k-th strip of 78 values. */
public final class TinyModel {
    public static final List<String> LABELS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final int CLASSES = 10;
    private static final int STRIP = 78;
    private static final Network NETWORK = network(new ImageShape(28, 28, 1), CLASSES);

    private TinyModel() {}

    /**
     * The model as an archive.
     *
     * @param shift by how many classes its answers are off, so that two versions can be told apart
     */
    public static byte[] archive(int shift) {
        return SavedModelExport.archive(NETWORK, weights(shift));
    }

    /** The same model in ONNX format. */
    public static byte[] onnx(int shift) {
        return OnnxExport.model(NETWORK, weights(shift));
    }

    /** A network like the model's. */
    static Network network(ImageShape image, int classes) {
        return new Network("tiny", image, classes, List.of(new Flatten(), new Dense(classes, Activation.LINEAR)));
    }

    /** 784 values, light in the strip of one class. */
    public static float[] image(int strip) {
        float[] image = new float[784];
        for (int index = 0; index < STRIP; index++) {
            image[strip * STRIP + index] = 1;
        }
        return image;
    }

    /** The same as a PNG picture. */
    public static byte[] png(int strip) {
        float[] values = image(strip);
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int index = 0; index < values.length; index++) {
            picture.getRaster().setSample(index % 28, index / 28, 0, values[index] * 255);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    private static Weights weights(int shift) {
        return new Weights(NETWORK.weights().stream()
                .map(weight -> new NamedTensor(weight.name(), weight.dimensions(), values(weight, shift)))
                .toList());
    }

    private static FloatBuffer values(WeightSpec weight, int shift) {
        float[] values = new float[weight.size()];
        if (weight.dimensions().size() == 2) {
            for (int input = 0; input < STRIP * CLASSES; input++) {
                values[input * CLASSES + (input / STRIP + shift) % CLASSES] = 0.1f;
            }
        }
        return FloatBuffer.wrap(values);
    }
}
