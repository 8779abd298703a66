package io.catwalk.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG, JPEG, WebP or BMP file in memory that is within its limits; its pixels aren't decoded yet. The format is seen by the
 * content.
 *
 * <p>What is refused by name: CMYK, 12 bits a sample, lossless and arithmetic JPEG; animated WebP; compressed BMP. Of an animated
 * PNG the default image is taken.
 */
public final class PictureFile implements AutoCloseable {
    /** The number of the rules by which a picture becomes an image: raised with whatever changes the image of any picture. */
    public static final int RULE = 1;

    private final PictureFormat format;
    private final byte[] content;
    private final ImageReader reader;
    private final ImageInputStream input;
    private final long decodedBytes;

    private PictureFile(PictureFormat format, byte[] content, PictureLimits limits)
            throws BadPictureException, IOException {
        this.format = format;
        this.content = content;
        this.reader = format.reader();
        this.input = new MemoryCacheImageInputStream(new ByteArrayInputStream(content));
        reader.setInput(input, true, true);
        requireSize(limits);
        long codeBytes = format.check(content);
        long pixelBytes = pixelBytes();
        long bytes = pixelBytes * reader.getWidth(0) * reader.getHeight(0);
        requireBytes(bytes, ", " + pixelBytes + " a pixel", limits);
        requireBytes(bytes + codeBytes, " with its prefix codes", limits);
        this.decodedBytes = bytes + codeBytes;
    }

    /**
     * Opens a file's content, which is left as it is.
     *
     * @throws BadPictureException for another format, a picture over a limit, and a damaged or incomplete one
     */
    public static PictureFile open(byte[] content, PictureLimits limits) throws BadPictureException {
        PictureFormat format = PictureFormat.of(content)
                .orElseThrow(() -> BadPictureException.unsupported("the picture must be a PNG, JPEG, WebP or BMP"));
        try {
            return new PictureFile(format, content, limits);
        } catch (IOException | RuntimeException e) {
            throw damaged(format);
        }
    }

    /** The most heap that {@link #fit} takes, beside the file and the result. */
    public long decodedBytes() {
        return decodedBytes;
    }

    /**
     * Decodes the picture, turns it upright as its Exif orientation says and fits it to a shape, as {@link Fitting} does.
     *
     * @throws BadPictureException for a damaged picture
     */
    public FittedPicture fit(PictureShape shape) throws BadPictureException {
        try {
            BufferedImage stored = reader.read(0);
            UprightPicture picture = new UprightPicture(stored, format.orientation(content));
            boolean resized = picture.width() != shape.width() || picture.height() != shape.height();
            return new FittedPicture(Fitting.fit(new PictureValues(picture, shape.channels()), shape), resized);
        } catch (IOException | RuntimeException e) {
            throw damaged(format);
        }
    }

    @Override
    public void close() {
        reader.dispose();
        try {
            input.close();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can't be closed", e);
        }
    }

    private void requireSize(PictureLimits limits) throws BadPictureException, IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        int most = limits.maxSide();
        if (width > most || height > most) {
            throw BadPictureException.tooLarge(
                    "the picture must be at most " + most + "x" + most + " pixels, not " + width + "x" + height);
        }
    }

    private long pixelBytes() throws IOException {
        SampleModel pixel = reader.getImageTypes(0).next().getSampleModel();
        long bits = (long) pixel.getNumDataElements() * DataBuffer.getDataTypeSize(pixel.getDataType());
        return bits / Byte.SIZE + format.workingBytes();
    }

    private static void requireBytes(long bytes, String what, PictureLimits limits) throws BadPictureException {
        if (bytes > limits.maxBytes()) {
            throw BadPictureException.tooLarge(
                    "the picture must take at most " + limits.maxBytes() + " bytes decoded, not " + bytes + what);
        }
    }

    private static BadPictureException damaged(PictureFormat format) {
        return BadPictureException.damaged("the " + format + " picture is damaged or of a kind that can't be read");
    }
}
