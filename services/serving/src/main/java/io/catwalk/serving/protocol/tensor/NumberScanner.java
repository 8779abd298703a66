package io.catwalk.serving.protocol.tensor;

import java.nio.charset.StandardCharsets;

/**
 * Reads the rest of a JSON array of numbers and arrays from its bytes, several times as fast as token by token. It reads valid JSON
 * only, and gives up at all else: what is wrong with it is for a parser to say.
 */
final class NumberScanner {
    private static final int GIVES_UP = -1;
    private static final int NONE = -1;

    private final byte[] json;
    private final int end;
    private final FloatTensorBuilder builder;
    private float value;

    /** @param end the first byte after the JSON */
    NumberScanner(byte[] json, int end, FloatTensorBuilder builder) {
        this.json = json;
        this.end = end;
        this.builder = builder;
    }

    /**
     * Gives the builder what follows in its innermost array.
     *
     * @param start the byte after the array's start, or after an element of it
     * @param afterElement whether that is an element
     * @return the byte that ends the array, which the builder isn't given; -1 for what it doesn't read, and the builder is then as it was
     * @throws io.catwalk.serving.refusal.RefusedException as the builder
     */
    int scan(int start, boolean afterElement) {
        FloatTensorBuilder.Mark mark = builder.mark();
        int closing = rest(start, afterElement);
        if (closing == GIVES_UP) {
            builder.reset(mark);
        }
        return closing;
    }

    private int rest(int start, boolean afterElement) {
        int outermost = builder.depth();
        boolean elementEnded = afterElement;
        boolean mayEnd = true;
        int at = skipSpace(start);
        while (at < end) {
            byte next = json[at];
            if (next == ']' && mayEnd) {
                if (builder.depth() == outermost) {
                    return at;
                }
                builder.endArray();
                elementEnded = true;
                at++;
            } else if (elementEnded) {
                if (next != ',') {
                    return GIVES_UP;
                }
                elementEnded = false;
                mayEnd = false;
                at++;
            } else if (next == '[') {
                builder.startArray();
                mayEnd = true;
                at++;
            } else {
                at = number(at);
                if (at == GIVES_UP) {
                    return GIVES_UP;
                }
                builder.number(value);
                elementEnded = true;
                mayEnd = true;
            }
            at = skipSpace(at);
        }
        return GIVES_UP;
    }

    /** Reads a number into {@link #value}. Returns the byte after it. */
    private int number(int start) {
        boolean negative = json[start] == '-';
        int whole = negative ? start + 1 : start;
        long digits = 0;
        boolean fits = true;
        int point = NONE;
        int at = whole;
        for (; at < end; at++) {
            if (isDigit(json[at])) {
                fits &= digits < PlainDecimal.LONGEST;
                digits = 10 * digits + (json[at] - '0');
            } else if (json[at] == '.' && point == NONE) {
                point = at;
            } else {
                break;
            }
        }
        int wholeDigits = (point == NONE ? at : point) - whole;
        int decimals = point == NONE ? 0 : at - point - 1;
        boolean leadingZero = wholeDigits > 1 && json[whole] == '0';
        if (wholeDigits == 0 || leadingZero || point != NONE && decimals == 0) {
            return GIVES_UP;
        }
        int mantissa = at;
        at = exponent(at);
        if (at == GIVES_UP || at - start > JsonInput.MAX_NUMBER_LENGTH) {
            return GIVES_UP;
        }
        float plain = fits && at == mantissa ? PlainDecimal.of(digits, decimals, negative) : Float.NaN;
        value = Float.isNaN(plain)
                ? Float.parseFloat(new String(json, start, at - start, StandardCharsets.ISO_8859_1))
                : plain;
        return at;
    }

    private int exponent(int start) {
        if (start == end || (json[start] | 0x20) != 'e') {
            return start;
        }
        int at = start + 1;
        if (at < end && (json[at] == '-' || json[at] == '+')) {
            at++;
        }
        int first = at;
        while (at < end && isDigit(json[at])) {
            at++;
        }
        return at == first ? GIVES_UP : at;
    }

    private int skipSpace(int start) {
        int at = start;
        while (at < end
                && json[at] <= ' '
                && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }
}
