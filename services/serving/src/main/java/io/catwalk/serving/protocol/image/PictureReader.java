package io.catwalk.serving.protocol.image;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.inject.Singleton;

/** Reads encoded pictures into a model's input. */
@Singleton
public final class PictureReader {
    private final PictureDecoder decoder;

    PictureReader(PictureDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * Decodes a PNG or JPEG picture, turns it upright and fits it to a shape.
     *
     * @throws RefusedException with {@code UNSUPPORTED_MEDIA} for another format, {@code TOO_LARGE} for too many pixels,
     *     {@code BAD_INPUT} for a damaged or incomplete picture and for a shape without 1 or 3 channels, {@code OVERLOADED}
     *     when too many are being decoded
     */
    public Fitted read(byte[] content, ImageShape shape) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw RefusedException.badInput("the model takes images of " + shape.channels()
                    + " channels, a picture can only be brought to 1 or 3");
        }
        return decoder.decode(content, picture -> fit(picture, shape));
    }

    private static Fitted fit(Picture picture, ImageShape shape) {
        boolean resized = picture.width() != shape.width() || picture.height() != shape.height();
        return new Fitted(Fitting.fit(new PictureValues(picture, shape.channels()), shape), resized);
    }

    /**
     * A picture in a model's format.
     *
     * @param image values from 0 to 1, row-major, channels last
     * @param resized whether it had another size
     */
    public record Fitted(float[] image, boolean resized) {}
}
