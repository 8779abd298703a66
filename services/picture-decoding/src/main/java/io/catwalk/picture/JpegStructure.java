package io.catwalk.picture;

/** What a JPEG's markers say. Source: ITU-T T.81, B.1 and B.2.2. */
final class JpegStructure {
    /** A progressive picture has some ten. Each costs a pass over all pixels, however few its bytes are. */
    private static final int MAX_SCANS = 32;

    private static final int MARKER = 0xff;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int BASELINE = 0xc0;
    private static final int PROGRESSIVE = 0xc2;

    private final Bytes bytes;
    private int scans;

    private JpegStructure(Bytes bytes) {
        this.bytes = bytes;
    }

    /** Requires all up to EOI, at most {@value #MAX_SCANS} scans, and a frame that is baseline or progressive, grey or YCbCr. */
    static void check(byte[] content) throws BadPictureException {
        JpegStructure structure = new JpegStructure(new Bytes(content));
        if (!structure.reachesEnd()) {
            throw BadPictureException.incomplete(PictureFormat.JPEG, content);
        }
        if (structure.scans > MAX_SCANS) {
            throw BadPictureException.tooLarge(
                    "the JPEG picture must have at most " + MAX_SCANS + " scans, not " + structure.scans);
        }
    }

    private boolean reachesEnd() throws BadPictureException {
        long position = 2;
        while (position + 1 < bytes.length()) {
            int code = bytes.unsignedByte(position + 1);
            if (bytes.unsignedByte(position) != MARKER || code == MARKER) {
                position++;
            } else if (code == END_OF_IMAGE) {
                return true;
            } else {
                scans += code == START_OF_SCAN ? 1 : 0;
                if (isFrame(code)) {
                    checkFrame(code, position + 4);
                }
                position += standsAlone(code) ? 2 : 2 + Math.max(2, bytes.unsignedShortBigEndian(position + 2));
            }
        }
        return false;
    }

    /** SOF0 to SOF15 without DHT, JPG and DAC. */
    private static boolean isFrame(int code) {
        return code >= BASELINE && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
    }

    private void checkFrame(int code, long position) throws BadPictureException {
        int bits = bytes.unsignedByte(position);
        int components = bytes.unsignedByte(position + 5);
        if (code > PROGRESSIVE) {
            throw BadPictureException.unsupported(
                    "the JPEG picture must be baseline or progressive, not lossless, hierarchical or arithmetic");
        }
        if (bits != 8) {
            throw BadPictureException.unsupported("the JPEG picture must have 8 bits a sample, not " + bits);
        }
        if (components != 1 && components != 3) {
            throw BadPictureException.unsupported("the JPEG picture must be grey or of three colours, not of "
                    + components + " components" + (components == 4 ? ", as CMYK" : ""));
        }
    }

    /** Stuffed zeros, TEM, restart markers and SOI have no segment. */
    private static boolean standsAlone(int code) {
        return code <= 0x01 || code >= 0xd0 && code <= 0xd8;
    }
}
