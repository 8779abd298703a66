package io.catwalk.picture;

import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;

/** The formats, and what is checked of each before it is decoded: decoders fill what is missing with grey or black. */
enum PictureFormat {
    PNG("PNG") {
        @Override
        boolean begins(Bytes content) {
            return content.unsignedIntBigEndian(0) == 0x89504e47L && content.unsignedIntBigEndian(4) == 0x0d0a1a0aL;
        }

        @Override
        long check(byte[] content) throws BadPictureException {
            PngStructure.check(content);
            return 0;
        }

        @Override
        Orientation orientation(byte[] content) {
            return Orientation.ofPng(content);
        }
    },
    JPEG("JPEG") {
        @Override
        boolean begins(Bytes content) {
            return content.unsignedIntBigEndian(0) >>> 8 == 0xffd8ffL;
        }

        @Override
        long check(byte[] content) throws BadPictureException {
            JpegStructure.check(content);
            return 0;
        }

        @Override
        Orientation orientation(byte[] content) {
            return Orientation.ofJpeg(content);
        }
    },
    WEBP("WebP") {
        @Override
        boolean begins(Bytes content) {
            return content.tag(0).equals("RIFF") && content.tag(8).equals("WEBP");
        }

        @Override
        long check(byte[] content) throws BadPictureException {
            return WebpStructure.check(content);
        }

        @Override
        Orientation orientation(byte[] content) {
            return WebpStructure.exif(content).map(Orientation::ofTiff).orElse(Orientation.UPRIGHT);
        }

        /** Its objects for each block of pixels; measured: between 40 and 50. */
        @Override
        int workingBytes() {
            return 64;
        }

        @Override
        ImageReader reader() {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
    },
    BMP("BMP") {
        @Override
        boolean begins(Bytes content) {
            return content.tag(0).startsWith("BM");
        }

        @Override
        long check(byte[] content) throws BadPictureException {
            BmpStructure.check(content);
            return 0;
        }

        @Override
        Orientation orientation(byte[] content) {
            return Orientation.UPRIGHT;
        }
    };

    private static final int SHORTEST = 16;

    private final String written;

    PictureFormat(String written) {
        this.written = written;
    }

    /** By the first bytes; empty for another format. */
    static Optional<PictureFormat> of(byte[] content) {
        return content.length < SHORTEST
                ? Optional.empty()
                : Stream.of(values())
                        .filter(format -> format.begins(new Bytes(content)))
                        .findFirst();
    }

    abstract boolean begins(Bytes content);

    /**
     * @return bytes that the decoder takes beside those for each pixel
     * @throws BadPictureException for a file that doesn't reach its end, or of a kind that isn't read
     */
    abstract long check(byte[] content) throws BadPictureException;

    /** How to make its pixels upright. */
    abstract Orientation orientation(byte[] content);

    /** Bytes for each pixel that the decoder takes beside the decoded ones. */
    int workingBytes() {
        return 0;
    }

    ImageReader reader() {
        return ImageIO.getImageReadersByFormatName(written).next();
    }

    @Override
    public String toString() {
        return written;
    }
}
