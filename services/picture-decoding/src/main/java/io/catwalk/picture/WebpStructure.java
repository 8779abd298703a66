package io.catwalk.picture;

import java.util.Arrays;
import java.util.Optional;

/** What a WebP's chunks say. Source: RFC 9649, 2 and 3; the frame's header: RFC 6386, 9.1. */
final class WebpStructure {
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_OVERHEAD = 8;
    private static final int SIDE_BITS = 0x3fff;
    private static final int EXIF_PREFIX = 6;
    private static final int ANIMATED = 0x02;

    private final byte[] content;
    private final Bytes bytes;
    private int frames;
    private int opacities;
    private long width = -1;
    private long height = -1;
    private Optional<byte[]> exif = Optional.empty();

    private WebpStructure(byte[] content) {
        this.content = content;
        this.bytes = new Bytes(content);
    }

    /** Requires all chunks, and among them one frame, as large as the canvas, that a decoder takes in one pass. */
    static void check(byte[] content) throws BadPictureException {
        WebpStructure structure = new WebpStructure(content);
        structure.walk();
        if (structure.frames != 1) {
            throw BadPictureException.damaged("the WebP picture must have 1 frame, not " + structure.frames);
        }
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
            case "VP8L" -> throw lossless("is lossless");
            case "ALPH" -> opacity(start);
            case "ANIM", "ANMF" -> throw animated();
            case "EXIF" -> exif = Optional.of(tiff(start, start + length));
            default -> {}
        }
    }

    /** Each costs a pass over all pixels. */
    private void opacity(long start) throws BadPictureException {
        opacities++;
        if (opacities > 1) {
            throw BadPictureException.damaged("the WebP picture must have its transparency once");
        }
        if ((bytes.unsignedByte(start) & 3) != 0) {
            throw lossless("has its transparency compressed");
        }
    }

    private void canvas(long start) throws BadPictureException {
        if ((bytes.unsignedByte(start) & ANIMATED) != 0) {
            throw animated();
        }
        require(bytes.unsignedTriple(start + 4) + 1, bytes.unsignedTriple(start + 7) + 1);
    }

    private void frame(int frameWidth, int frameHeight) throws BadPictureException {
        frames++;
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

    /** The decoder bounds neither the tables nor the transforms of such data. */
    private static BadPictureException lossless(String what) {
        return BadPictureException.unsupported(
                "the WebP picture " + what + ", which isn't read: make it lossy and opaque, or a PNG");
    }
}
