package io.catwalk.picture;

import java.util.Arrays;
import java.util.Optional;

/** What a WebP's chunks say. Source: RFC 9649, 2 and 3; the frame's header: RFC 6386, 9.1. */
final class WebpStructure {
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_OVERHEAD = 8;
    private static final int SIDE = 14;
    private static final int SIDE_BITS = (1 << SIDE) - 1;
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int LOSSLESS = 1;
    private static final int EXIF_PREFIX = 6;
    private static final int ANIMATED = 0x02;

    private final byte[] content;
    private final Bytes bytes;
    private boolean hasFrame;
    private boolean hasOpacity;
    private long codeBytes;
    private long width = -1;
    private long height = -1;
    private Optional<byte[]> exif = Optional.empty();

    private WebpStructure(byte[] content) {
        this.content = content;
        this.bytes = new Bytes(content);
    }

    /**
     * Requires all chunks, and among them one frame, as large as the canvas.
     *
     * @return bytes that lossless data need for prefix codes
     */
    static long check(byte[] content) throws BadPictureException {
        WebpStructure structure = new WebpStructure(content);
        structure.walk();
        if (!structure.hasFrame) {
            throw BadPictureException.damaged("the WebP picture has no frame");
        }
        return structure.codeBytes;
    }

    /** The Exif block, without a prefix; empty if there is none or the chunks can't be read. */
    static Optional<byte[]> exif(byte[] content) {
        WebpStructure structure = new WebpStructure(content);
        try {
            structure.walk();
        } catch (BadPictureException e) {
            return Optional.empty();
        }
        return structure.exif;
    }

    private void walk() throws BadPictureException {
        long end = CHUNK_OVERHEAD + bytes.unsignedInt(4);
        if (end > content.length) {
            throw BadPictureException.incomplete(PictureFormat.WEBP, content);
        }
        long position = FIRST_CHUNK;
        while (position < end) {
            long length = bytes.unsignedInt(position + 4);
            if (position + CHUNK_OVERHEAD + length > end) {
                throw BadPictureException.incomplete(PictureFormat.WEBP, content);
            }
            chunk(bytes.tag(position), position + CHUNK_OVERHEAD, length);
            position += CHUNK_OVERHEAD + length + (length & 1);
        }
    }

    private void chunk(String tag, long start, long length) throws BadPictureException {
        switch (tag) {
            case "VP8X" -> canvas(start);
            case "VP8 " ->
                frame(bytes.unsignedShort(start + 6) & SIDE_BITS, bytes.unsignedShort(start + 8) & SIDE_BITS);
            case "VP8L" -> lossless(start, start + length);
            case "ALPH" -> opacity(start, start + length);
            case "ANIM", "ANMF" -> throw animated();
            case "EXIF" -> exif = Optional.of(tiff(start, start + length));
            default -> {}
        }
    }

    private void lossless(long start, long end) throws BadPictureException {
        LosslessBits bits = new LosslessBits(bytes, start, end);
        if (bits.read(8) != LOSSLESS_SIGNATURE) {
            throw LosslessBits.damaged("don't begin as such");
        }
        frame(bits.read(SIDE) + 1, bits.read(SIDE) + 1);
        bits.read(1);
        int version = bits.read(3);
        if (version != 0) {
            throw LosslessBits.damaged("are of version " + version + ", must be 0");
        }
        codeBytes += LosslessWebp.check(bits, (int) width, (int) height);
    }

    /** Each costs a pass over all pixels. The decoder takes others than lossless ones for opaque. */
    private void opacity(long start, long end) throws BadPictureException {
        if (hasOpacity || width < 0) {
            throw BadPictureException.damaged("the WebP picture must have its transparency once, after its canvas");
        }
        hasOpacity = true;
        int compression = bytes.unsignedByte(start) & 3;
        if (compression != LOSSLESS) {
            throw BadPictureException.unsupported("the WebP picture's transparency must be compressed (" + LOSSLESS
                    + "), its method is " + compression);
        }
        codeBytes += LosslessWebp.check(new LosslessBits(bytes, start + 1, end), (int) width, (int) height);
    }

    private void canvas(long start) throws BadPictureException {
        if ((bytes.unsignedByte(start) & ANIMATED) != 0) {
            throw animated();
        }
        require(bytes.unsignedTriple(start + 4) + 1, bytes.unsignedTriple(start + 7) + 1);
    }

    private void frame(int frameWidth, int frameHeight) throws BadPictureException {
        if (hasFrame) {
            throw BadPictureException.damaged("the WebP picture must have one frame");
        }
        hasFrame = true;
        require(frameWidth, frameHeight);
    }

    /** A frame larger than its canvas would take memory that nobody has counted. */
    private void require(long chunkWidth, long chunkHeight) throws BadPictureException {
        if (width >= 0 && (width != chunkWidth || height != chunkHeight)) {
            throw BadPictureException.damaged("the WebP picture's frames and canvas must have one size, not " + width
                    + "x" + height + " and " + chunkWidth + "x" + chunkHeight);
        }
        width = chunkWidth;
        height = chunkHeight;
    }

    /** Some writers put JPEG's prefix before it. */
    private byte[] tiff(long start, long end) {
        long begin = bytes.tag(start).equals("Exif") ? Math.min(start + EXIF_PREFIX, end) : start;
        return Arrays.copyOfRange(content, (int) begin, (int) end);
    }

    private static BadPictureException animated() {
        return BadPictureException.unsupported("the WebP picture must be a still one, not animated");
    }
}
