package io.catwalk.evaluation.rollout.replay;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

import com.google.protobuf.ByteString;
import io.catwalk.evaluation.scoring.Predictions;
import io.catwalk.evaluation.scoring.UnusablePredictionsException;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.v1.ImageEncoding;
import io.catwalk.serving.v1.InferenceLogged;

/** A request of the log, with the classes that stable has given its images. */
public final class LoggedRequest {
    private static final float MAX_LEVEL = 255;

    private final Place place;
    private final ModelSignature signature;
    private final ImageEncoding encoding;
    private final ByteString images;
    private final int[] classes;

    private LoggedRequest(
            Place place, ModelSignature signature, ImageEncoding encoding, ByteString images, int[] classes) {
        this.place = place;
        this.signature = signature;
        this.encoding = encoding;
        this.images = images;
        this.classes = classes;
    }

    /**
     * Where its record is.
     *
     * @param timestamp the record's, in milliseconds since 1970
     */
    public record Place(long timestamp, int partition, long offset) {
        @Override
        public String toString() {
            return partition + "/" + offset;
        }
    }

    /** @throws IllegalArgumentException for a request whose parts don't fit together, or whose probabilities are none */
    public static LoggedRequest of(Place place, InferenceLogged logged) {
        int count = logged.getImageCount();
        int values = logged.getProbabilitiesCount();
        if (count < 1 || values % count != 0) {
            throw new IllegalArgumentException(
                    "imageCount is " + count + ", must be at least 1 and divide the probabilities, " + values);
        }
        ImageShape shape = shape(logged.getImageShapeList());
        long bytes = count * shape.size() * bytesOf(logged.getImageEncoding());
        if (logged.getImages().size() != bytes) {
            throw new IllegalArgumentException("images is " + logged.getImages().size() + " bytes, must be " + bytes);
        }
        ModelSignature signature = new ModelSignature(shape, values / count);
        return new LoggedRequest(
                place, signature, logged.getImageEncoding(), logged.getImages(), classes(logged, signature.classes()));
    }

    private static ImageShape shape(List<Integer> shape) {
        if (shape.size() != 3) {
            throw new IllegalArgumentException("imageShape is " + shape + ", must be height, width and channels");
        }
        return new ImageShape(shape.get(0), shape.get(1), shape.get(2));
    }

    private static int bytesOf(ImageEncoding encoding) {
        return switch (encoding) {
            case IMAGE_ENCODING_UINT8 -> Byte.BYTES;
            case IMAGE_ENCODING_FLOAT32 -> Float.BYTES;
            case IMAGE_ENCODING_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("imageEncoding is " + encoding + ", must be UINT8 or FLOAT32");
        };
    }

    private static int[] classes(InferenceLogged logged, int classes) {
        float[] probabilities = new float[logged.getProbabilitiesCount()];
        for (int index = 0; index < probabilities.length; index++) {
            probabilities[index] = logged.getProbabilities(index);
        }
        int[] predicted = new int[logged.getImageCount()];
        try {
            Predictions predictions = new Predictions(classes, probabilities, predicted);
            for (int image = 0; image < predicted.length; image++) {
                predicted[image] = predictions.predicted(image);
            }
        } catch (UnusablePredictionsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return predicted;
    }

    public Place place() {
        return place;
    }

    /** What a model must take and give to be compared with the answer. */
    public ModelSignature signature() {
        return signature;
    }

    /** How many images it has. */
    public int count() {
        return classes.length;
    }

    /** Of its images. */
    public int bytes() {
        return images.size();
    }

    /** The images from {@code first} on, as a model takes them. */
    public float[] images(int first, int number) {
        int size = Math.toIntExact(signature.input().size());
        float[] values = new float[number * size];
        if (encoding == ImageEncoding.IMAGE_ENCODING_UINT8) {
            for (int index = 0; index < values.length; index++) {
                values[index] = (images.byteAt(first * size + index) & 0xff) / MAX_LEVEL;
            }
        } else {
            floats().get(first * size, values);
        }
        return values;
    }

    private FloatBuffer floats() {
        return images.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /** The classes of highest probability that stable has given the images from {@code first} on. */
    public int[] classes(int first, int number) {
        int[] part = new int[number];
        System.arraycopy(classes, first, part, 0, number);
        return part;
    }
}
