package io.catwalk.network.inference;

import java.util.stream.LongStream;

/**
 * What StridedSlice takes of one dimension.
 *
 * @param begin the first index
 * @param count how many indices, 0 for none
 * @param stride from each index to the next
 */
record Slice(long begin, long count, long stride) {
    /**
     * A slice as a program gives it: indices count from behind if negative, and may lie beyond the ends.
     *
     * @param openBegin whether it begins at the dimension's beginning, in the stride's direction, whatever {@code begin} is
     * @param openEnd the same of its end
     */
    static Slice of(long begin, boolean openBegin, long end, boolean openEnd, long stride, long size) {
        if (stride == 0) {
            throw new IllegalArgumentException("a stride of 0");
        }
        long least = stride > 0 ? 0 : -1;
        long most = least + size;
        long first = openBegin ? (stride > 0 ? least : most) : Math.clamp(forward(begin, size), least, most);
        long last = openEnd ? (stride > 0 ? most : least) : Math.clamp(forward(end, size), least, most);
        long span = stride > 0 ? last - first : first - last;
        return new Slice(first, span <= 0 ? 0 : (span - 1) / Math.abs(stride) + 1, stride);
    }

    /** A single index. */
    static Slice at(long index, long size) {
        long first = forward(index, size);
        if (first < 0 || first >= size) {
            throw new IllegalArgumentException("an index of " + index + " in a dimension of " + size);
        }
        return new Slice(first, 1, 1);
    }

    LongStream indices() {
        return LongStream.range(0, count).map(index -> begin + index * stride);
    }

    private static long forward(long index, long size) {
        return index < 0 ? index + size : index;
    }
}
