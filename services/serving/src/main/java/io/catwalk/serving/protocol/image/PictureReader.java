package io.catwalk.serving.protocol.image;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.picture.BadPictureException;
import io.catwalk.picture.FittedPicture;
import io.catwalk.picture.PictureFile;
import io.catwalk.picture.PictureLimits;
import io.catwalk.picture.PictureShape;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads encoded pictures into a model's input. The process has one, whose memory limit applies to all requests together. */
@Singleton
public final class PictureReader {
    private static final long WAIT_SECONDS = 2;

    private final PictureLimits limits;
    private final Semaphore kibibytes;

    @Inject
    PictureReader(PictureConfig config) {
        this(new PictureLimits(
                config.maxSide(),
                config.maxBytesAtOnce().orElse(Runtime.getRuntime().maxMemory() / 4)));
    }

    /** @param limits of one picture; its bytes are also those of all that are decoded at the same time */
    PictureReader(PictureLimits limits) {
        this.limits = limits;
        this.kibibytes = new Semaphore(kibibytes(limits.maxBytes()), true);
    }

    /**
     * Decodes a PNG, JPEG, WebP or BMP picture, turns it upright and fits it to a shape.
     *
     * @throws RefusedException with {@code UNSUPPORTED_MEDIA} for another format, {@code TOO_LARGE} for too many pixels,
     *     {@code BAD_INPUT} for a damaged or incomplete picture and for a shape without 1 or 3 channels, {@code OVERLOADED}
     *     when too many are being decoded
     */
    public FittedPicture read(byte[] content, ImageShape shape) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw RefusedException.badInput("the model takes images of " + shape.channels()
                    + " channels, a picture can only be brought to 1 or 3");
        }
        PictureShape target = new PictureShape(shape.height(), shape.width(), shape.channels());
        try (PictureFile picture = PictureFile.open(content, limits)) {
            return fit(picture, target);
        } catch (BadPictureException e) {
            throw new RefusedException(refusal(e.reason()), e.getMessage());
        }
    }

    private FittedPicture fit(PictureFile picture, PictureShape target) throws BadPictureException {
        int share = kibibytes(picture.decodedBytes());
        acquire(share);
        try {
            return picture.fit(target);
        } finally {
            kibibytes.release(share);
        }
    }

    private void acquire(int share) {
        try {
            if (!kibibytes.tryAcquire(share, WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new RefusedException(Refusal.OVERLOADED, "too many pictures are being decoded");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Refusal.UNAVAILABLE, "the service is stopping");
        }
    }

    private static int kibibytes(long bytes) {
        return Math.toIntExact(Math.ceilDiv(bytes, 1024L));
    }

    private static Refusal refusal(BadPictureException.Reason reason) {
        return switch (reason) {
            case UNSUPPORTED -> Refusal.UNSUPPORTED_MEDIA;
            case TOO_LARGE -> Refusal.TOO_LARGE;
            case DAMAGED -> Refusal.BAD_INPUT;
        };
    }
}
