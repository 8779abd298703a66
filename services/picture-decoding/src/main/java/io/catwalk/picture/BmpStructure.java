package io.catwalk.picture;

import java.util.Set;

/** What a BMP's headers say. Source: Microsoft, Bitmap Storage. */
final class BmpStructure {
    private static final int PIXELS_AT = 10;
    private static final int HEADER = 14;
    private static final int CORE_HEADER = 12;
    private static final Set<Integer> HEADERS = Set.of(CORE_HEADER, 40, 52, 56, 108, 124);
    private static final Set<Integer> BITS = Set.of(1, 4, 8, 16, 24, 32);
    private static final int RGB = 0;
    private static final int BIT_FIELDS = 3;

    private BmpStructure() {}

    /** Requires pixels that aren't compressed, all of them. */
    static void check(byte[] content) throws BadPictureException {
        Bytes bytes = new Bytes(content);
        int header = bytes.signedInt(HEADER);
        boolean core = header == CORE_HEADER;
        int bits = bytes.unsignedShort(core ? 24 : 28);
        int compression = core ? RGB : bytes.signedInt(30);
        if (!HEADERS.contains(header) || !BITS.contains(bits)) {
            throw BadPictureException.unsupported(
                    "the BMP picture must have a header of 12 to 124 bytes and 1 to 32 bits a " + "pixel, not of "
                            + header + " and " + bits);
        }
        if (compression != RGB && compression != BIT_FIELDS) {
            throw BadPictureException.unsupported(
                    "the BMP picture must not be compressed, but its compression is " + compression);
        }
        long width = core ? bytes.unsignedShort(18) : bytes.signedInt(18);
        long height = core ? bytes.unsignedShort(20) : Math.abs((long) bytes.signedInt(22));
        long rowBytes = (width * bits + 31) / 32 * 4;
        if (width < 1 || height < 1 || bytes.unsignedInt(PIXELS_AT) + rowBytes * height > content.length) {
            throw BadPictureException.incomplete(PictureFormat.BMP, content);
        }
    }
}
