package io.catwalk.picture;

/** The bits of lossless WebP data, the lowest of each byte first. */
final class LosslessBits {
    private final Bytes bytes;
    private final long end;
    private long position;

    /**
     * @param start of the data in the file
     * @param end after them
     */
    LosslessBits(Bytes bytes, long start, long end) {
        this.bytes = bytes;
        this.position = start * Byte.SIZE;
        this.end = end * Byte.SIZE;
    }

    /**
     * @param count of bits, 0 to 31
     * @throws BadPictureException past the end
     */
    int read(int count) throws BadPictureException {
        if (position + count > end) {
            throw damaged("end in their middle");
        }
        int value = 0;
        for (int bit = 0; bit < count; bit++, position++) {
            value |= (bytes.unsignedByte(position / Byte.SIZE) >> (int) (position % Byte.SIZE) & 1) << bit;
        }
        return value;
    }

    boolean readFlag() throws BadPictureException {
        return read(1) == 1;
    }

    static BadPictureException damaged(String how) {
        return BadPictureException.damaged("the WebP picture's lossless data " + how);
    }
}
