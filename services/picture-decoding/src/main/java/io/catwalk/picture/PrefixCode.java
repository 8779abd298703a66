package io.catwalk.picture;

/** A canonical prefix code of lossless WebP data. It is complete, or has one symbol, of no bits. Source: RFC 9649, 3.7.2.1. */
final class PrefixCode {
    private static final int MAX_LENGTH = 15;
    private static final int[] LENGTH_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int REPEAT_LAST = 16;
    private static final int REPEAT_ZERO = 17;
    private static final int FIRST_LAST = 8;

    /** How many symbols have a code of each length. */
    private final int[] counts = new int[MAX_LENGTH + 1];
    /** By their codes. */
    private final int[] symbols;

    /** @param lengths of each symbol's code, 0 for none */
    private PrefixCode(int[] lengths) throws BadPictureException {
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        int[] offsets = new int[MAX_LENGTH + 2];
        int free = 1;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            offsets[length + 1] = offsets[length] + counts[length];
            free = free * 2 - counts[length];
            if (free < 0) {
                throw incomplete();
            }
        }
        symbols = new int[offsets[MAX_LENGTH + 1]];
        if (symbols.length == 0 || symbols.length > 1 && free != 0) {
            throw incomplete();
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[offsets[lengths[symbol]]++] = symbol;
            }
        }
    }

    /** @param alphabet how many symbols there are */
    static PrefixCode read(LosslessBits bits, int alphabet) throws BadPictureException {
        return new PrefixCode(bits.readFlag() ? simple(bits, alphabet) : normal(bits, alphabet));
    }

    int symbol(LosslessBits bits) throws BadPictureException {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            code = code << 1 | bits.read(1);
            if (code - first < counts[length]) {
                return symbols[index + code - first];
            }
            index += counts[length];
            first = first + counts[length] << 1;
        }
        throw incomplete();
    }

    /** One or two symbols. Decoders differ in those that aren't in order. */
    private static int[] simple(LosslessBits bits, int alphabet) throws BadPictureException {
        boolean isPair = bits.readFlag();
        int first = bits.read(bits.readFlag() ? 8 : 1);
        int second = isPair ? bits.read(8) : first;
        if (second >= alphabet || isPair && second <= first) {
            throw LosslessBits.damaged(
                    "have a prefix code of the symbols " + first + " and " + second + " of " + alphabet);
        }
        int[] lengths = new int[alphabet];
        lengths[first] = 1;
        lengths[second] = 1;
        return lengths;
    }

    private static int[] normal(LosslessBits bits, int alphabet) throws BadPictureException {
        int[] lengthLengths = new int[LENGTH_ORDER.length];
        int stored = bits.read(4) + 4;
        for (int index = 0; index < stored; index++) {
            lengthLengths[LENGTH_ORDER[index]] = bits.read(3);
        }
        PrefixCode lengthCode = new PrefixCode(lengthLengths);
        int left = bits.readFlag() ? 2 + bits.read(2 + 2 * bits.read(3)) : alphabet;
        int[] lengths = new int[alphabet];
        int last = FIRST_LAST;
        for (int symbol = 0; symbol < alphabet && left > 0; left--) {
            int code = lengthCode.symbol(bits);
            int repeats = repeats(bits, code);
            int length = code == REPEAT_LAST ? last : code > REPEAT_LAST ? 0 : code;
            if (repeats > alphabet - symbol) {
                throw LosslessBits.damaged("have a prefix code of more than " + alphabet + " symbols");
            }
            for (int repeat = 0; repeat < repeats; repeat++) {
                lengths[symbol++] = length;
            }
            last = length == 0 ? last : length;
        }
        return lengths;
    }

    private static int repeats(LosslessBits bits, int code) throws BadPictureException {
        if (code < REPEAT_LAST) {
            return 1;
        }
        return code == REPEAT_LAST ? 3 + bits.read(2) : code == REPEAT_ZERO ? 3 + bits.read(3) : 11 + bits.read(7);
    }

    private static BadPictureException incomplete() {
        return LosslessBits.damaged("have a prefix code that isn't complete");
    }
}
