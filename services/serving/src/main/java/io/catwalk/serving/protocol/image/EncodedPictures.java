package io.catwalk.serving.protocol.image;

import java.util.List;
import java.util.function.Function;

import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;

/** Reads the encoded pictures of one request, one after the other. */
public final class EncodedPictures {
    private final int imageValues;
    private final Function<byte[], float[]> reader;

    /** @param reader reads one into the model's input */
    public EncodedPictures(int imageValues, Function<byte[], float[]> reader) {
        this.imageValues = imageValues;
        this.reader = reader;
    }

    /** For a call's model, until nobody waits for its answer any more. */
    public static EncodedPictures of(PictureReader reader, Call call) {
        return new EncodedPictures(call.signature().imageValues(), picture -> {
            call.takesLong();
            call.requireTime();
            return reader.read(picture, call.signature().image()).values();
        });
    }

    /**
     * @param name what their tensor is called in errors
     * @throws RefusedException as {@link PictureReader#read}, naming the element
     */
    public ImageBatch decode(List<byte[]> pictures, String name) {
        return ImageBatch.read(
                pictures.size(), imageValues, index -> decode(pictures.get(index), name + ", element " + index));
    }

    /**
     * @param name what it is called in errors
     * @throws RefusedException as {@link PictureReader#read}, naming it
     */
    public float[] decode(byte[] picture, String name) {
        try {
            return reader.apply(picture);
        } catch (RefusedException e) {
            // The media type that is unsupported isn't the body's.
            Refusal refusal = e.refusal() == Refusal.UNSUPPORTED_MEDIA ? Refusal.BAD_INPUT : e.refusal();
            throw new RefusedException(refusal, name + ": " + e.getMessage());
        }
    }
}
