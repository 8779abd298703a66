package io.catwalk.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What lossless WebP data say before their pixels: transforms and prefix codes. The decoder takes any number of either, each transform a
 * pass over all pixels and each code a table, and reads on past the end, so both are read here first. Source: RFC 9649, 3.
 */
final class LosslessWebp {
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int COLOURS = 4;
    private static final int MAX_CACHE_BITS = 11;
    private static final int CACHE_HASH = 0x1e35a7bd;
    /** Of the five codes of a group: tables of 8 bits, and second ones of up to 15; the colour cache's symbols come on top. */
    private static final int GROUP_BYTES = 16 << 10;

    private static final int CACHED_BYTES = 12;

    /** What the first distances stand for, to the left and up: the near ones first. */
    private static final List<int[]> NEIGHBOURS = neighbours();

    private final LosslessBits bits;

    private LosslessWebp(LosslessBits bits) {
        this.bits = bits;
    }

    /**
     * Reads all up to the pixels.
     *
     * @param bits without the header that has the size
     * @return bytes that the decoder takes for prefix codes, an upper bound
     * @throws BadPictureException for data that end early, transforms that come twice, and codes that aren't complete
     */
    static long check(LosslessBits bits, int width, int height) throws BadPictureException {
        return new LosslessWebp(bits).check(width, height);
    }

    private long check(int width, int height) throws BadPictureException {
        int codedWidth = transforms(width, height);
        int cacheBits = cacheBits();
        int groups = 1;
        if (bits.readFlag()) {
            int block = bits.read(3) + 2;
            for (int pixel : image(blocks(codedWidth, block), blocks(height, block))) {
                groups = Math.max(groups, (pixel >>> 8 & 0xffff) + 1);
            }
        }
        for (int group = 0; group < groups; group++) {
            codes(cacheBits);
        }
        return groups * (GROUP_BYTES + (cacheBits == 0 ? 0L : CACHED_BYTES << cacheBits));
    }

    /** @return the width in which pixels are coded: several of few colours are one */
    private int transforms(int width, int height) throws BadPictureException {
        int codedWidth = width;
        boolean[] seen = new boolean[4];
        while (bits.readFlag()) {
            int type = bits.read(2);
            if (seen[type]) {
                throw LosslessBits.damaged("have transform " + type + " twice");
            }
            seen[type] = true;
            // Of the others, 0 and 1 have an image of blocks, and 2 has nothing.
            if (type == 3) {
                int colours = bits.read(8) + 1;
                image(colours, 1);
                codedWidth = blocks(codedWidth, colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3);
            } else if (type < 2) {
                int block = bits.read(3) + 2;
                image(blocks(codedWidth, block), blocks(height, block));
            }
        }
        return codedWidth;
    }

    private int cacheBits() throws BadPictureException {
        if (!bits.readFlag()) {
            return 0;
        }
        int cacheBits = bits.read(4);
        if (cacheBits < 1 || cacheBits > MAX_CACHE_BITS) {
            throw LosslessBits.damaged("have a colour cache of " + cacheBits + " bits, must be 1 to " + MAX_CACHE_BITS);
        }
        return cacheBits;
    }

    /** Green with lengths and cached colours, red, blue, opacity, distances. */
    private PrefixCode[] codes(int cacheBits) throws BadPictureException {
        int cached = cacheBits == 0 ? 0 : 1 << cacheBits;
        PrefixCode[] codes = new PrefixCode[COLOURS + 1];
        for (int index = 0; index < codes.length; index++) {
            int alphabet = index == 0 ? LITERALS + LENGTHS + cached : index == COLOURS ? DISTANCES : LITERALS;
            codes[index] = PrefixCode.read(bits, alphabet);
        }
        return codes;
    }

    /** An image within the data, without transforms, by one group of codes. */
    private int[] image(int width, int height) throws BadPictureException {
        int cacheBits = cacheBits();
        PrefixCode[] codes = codes(cacheBits);
        int[] cache = new int[1 << cacheBits];
        int[] pixels = new int[width * height];
        int at = 0;
        while (at < pixels.length) {
            int symbol = codes[0].symbol(bits);
            int begin = at;
            if (symbol < LITERALS) {
                pixels[at++] = colour(codes, symbol);
            } else if (symbol < LITERALS + LENGTHS) {
                at = copy(pixels, at, value(symbol - LITERALS), distance(value(codes[COLOURS].symbol(bits)), width));
            } else {
                pixels[at++] = cache[symbol - LITERALS - LENGTHS];
            }
            for (int pixel = begin; pixel < at && cacheBits > 0; pixel++) {
                cache[pixels[pixel] * CACHE_HASH >>> Integer.SIZE - cacheBits] = pixels[pixel];
            }
        }
        return pixels;
    }

    private int colour(PrefixCode[] codes, int green) throws BadPictureException {
        int red = codes[1].symbol(bits);
        int blue = codes[2].symbol(bits);
        int opacity = codes[3].symbol(bits);
        return opacity << 24 | red << 16 | green << 8 | blue;
    }

    private static int copy(int[] pixels, int at, int length, int distance) throws BadPictureException {
        if (distance > at || length > pixels.length - at) {
            throw LosslessBits.damaged("repeat pixels that aren't there");
        }
        for (int pixel = at; pixel < at + length; pixel++) {
            pixels[pixel] = pixels[pixel - distance];
        }
        return at + length;
    }

    /** A length or a distance, of which the code has the magnitude. */
    private int value(int code) throws BadPictureException {
        if (code < 4) {
            return code + 1;
        }
        int extra = code - 2 >> 1;
        return (2 + (code & 1) << extra) + bits.read(extra) + 1;
    }

    private static int distance(int value, int width) {
        if (value > NEIGHBOURS.size()) {
            return value - NEIGHBOURS.size();
        }
        int[] neighbour = NEIGHBOURS.get(value - 1);
        return Math.max(1, neighbour[0] + neighbour[1] * width);
    }

    /** 8 to the left to 7 to the right in the 7 rows above, and 8 to the left in the same one; the left one before the right. */
    private static List<int[]> neighbours() {
        List<int[]> neighbours = new ArrayList<>();
        for (int up = 0; up <= 7; up++) {
            for (int left = up == 0 ? 1 : -7; left <= 8; left++) {
                neighbours.add(new int[] {left, up});
            }
        }
        neighbours.sort(
                Comparator.<int[]>comparingInt(neighbour -> neighbour[0] * neighbour[0] + neighbour[1] * neighbour[1])
                        .thenComparingInt(neighbour -> Math.abs(neighbour[0]))
                        .thenComparingInt(neighbour -> -neighbour[0]));
        return List.copyOf(neighbours);
    }

    private static int blocks(int side, int blockBits) {
        return side + (1 << blockBits) - 1 >> blockBits;
    }
}
