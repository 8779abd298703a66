package io.catwalk.serving.protocol.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Decodes PNG and JPEG pictures, if their headers declare an allowed size. The process has one, whose
 * memory limit applies to all requests together.
 */
@Singleton
final class PictureDecoder {
    private static final long WAIT_SECONDS = 2;
    /** A progressive picture has some ten. Each costs a pass over all pixels, however few its bytes are. */
    private static final int MAX_SCANS = 32;

    private final int maxSide;
    private final long maxBytesAtOnce;
    private final Semaphore kibibytes;

    @Inject
    PictureDecoder(PictureConfig config) {
        this(
                config.maxSide(),
                config.maxBytesAtOnce().orElse(Runtime.getRuntime().maxMemory() / 4));
    }

    /** @param maxBytesAtOnce of all pictures that are decoded at the same time */
    PictureDecoder(int maxSide, long maxBytesAtOnce) {
        this.maxSide = maxSide;
        this.maxBytesAtOnce = maxBytesAtOnce;
        this.kibibytes = new Semaphore(kibibytes(maxBytesAtOnce), true);
    }

    /**
     * Decodes a picture and passes it to a function.
     *
     * @throws RefusedException with {@code UNSUPPORTED_MEDIA} for another format, {@code TOO_LARGE} for too many pixels,
     *     {@code BAD_INPUT} for a damaged or incomplete one, {@code OVERLOADED} when too many are being decoded
     */
    <T> T decode(byte[] content, Function<Picture, T> use) {
        Format format = Format.of(content)
                .orElseThrow(
                        () -> new RefusedException(Refusal.UNSUPPORTED_MEDIA, "the picture must be a PNG or JPEG"));
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(input, true, true);
            requireSize(reader);
            requireWhole(format, content);
            return decode(reader, stored -> use.apply(new Picture(stored, format.orientation(content))));
        } catch (IOException | RuntimeException e) {
            throw e instanceof RefusedException refused ? refused : damaged(format);
        } finally {
            reader.dispose();
        }
    }

    private void requireSize(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width > maxSide || height > maxSide) {
            throw new RefusedException(
                    Refusal.TOO_LARGE,
                    "the picture must be at most " + maxSide + "x" + maxSide + " pixels, not " + width + "x" + height);
        }
    }

    private static void requireWhole(Format format, byte[] content) {
        int scans = format.scans(content)
                .orElseThrow(() -> RefusedException.badInput("the " + format + " picture is incomplete or damaged: its "
                        + content.length + " bytes don't reach its end"));
        if (scans > MAX_SCANS) {
            throw new RefusedException(
                    Refusal.TOO_LARGE,
                    "the " + format + " picture must have at most " + MAX_SCANS + " scans, not " + scans);
        }
    }

    private <T> T decode(ImageReader reader, Function<BufferedImage, T> use) throws IOException {
        int share = kibibytes(decodedBytes(reader));
        acquire(share);
        try {
            return use.apply(reader.read(0));
        } finally {
            kibibytes.release(share);
        }
    }

    /** @throws RefusedException with {@code TOO_LARGE} for more than all pictures may take */
    private long decodedBytes(ImageReader reader) throws IOException {
        SampleModel pixel = reader.getImageTypes(0).next().getSampleModel();
        long pixelBytes =
                (long) pixel.getNumDataElements() * DataBuffer.getDataTypeSize(pixel.getDataType()) / Byte.SIZE;
        long bytes = pixelBytes * reader.getWidth(0) * reader.getHeight(0);
        if (bytes > maxBytesAtOnce) {
            throw new RefusedException(
                    Refusal.TOO_LARGE,
                    "the picture must take at most " + maxBytesAtOnce + " bytes decoded, not " + bytes + ", "
                            + pixelBytes + " a pixel");
        }
        return bytes;
    }

    private static int kibibytes(long bytes) {
        return Math.toIntExact(Math.ceilDiv(bytes, 1024L));
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

    private static RefusedException damaged(Format format) {
        return RefusedException.badInput("the " + format + " picture is damaged or of a kind that can't be read");
    }

    /** The formats, each with the bytes that it begins with. */
    private enum Format {
        PNG(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n') {
            @Override
            OptionalInt scans(byte[] content) {
                return Completeness.isWholePng(content) ? OptionalInt.of(1) : OptionalInt.empty();
            }

            @Override
            Orientation orientation(byte[] content) {
                return Orientation.ofPng(content);
            }
        },
        JPEG(0xff, 0xd8, 0xff) {
            @Override
            OptionalInt scans(byte[] content) {
                return Completeness.scansOfWholeJpeg(content);
            }

            @Override
            Orientation orientation(byte[] content) {
                return Orientation.ofJpeg(content);
            }
        };

        private final byte[] magic;

        Format(int... magic) {
            this.magic = new byte[magic.length];
            for (int index = 0; index < magic.length; index++) {
                this.magic[index] = (byte) magic[index];
            }
        }

        /** How often its decoder goes through all pixels; absent if it isn't complete. */
        abstract OptionalInt scans(byte[] content);

        /** How to make its pixels upright. */
        abstract Orientation orientation(byte[] content);

        static Optional<Format> of(byte[] content) {
            return List.of(values()).stream()
                    .filter(format -> content.length > format.magic.length
                            && Arrays.equals(format.magic, Arrays.copyOf(content, format.magic.length)))
                    .findFirst();
        }
    }
}
