package io.catwalk.dataset;

/** The values of a set's images, one image after the other, wherever they are. For any thread. */
interface Pixels {
    long length();

    /** Copies some of them into an array. */
    void copy(long from, byte[] target, int targetOffset, int length);

    /** In the heap. */
    record InHeap(byte[] values) implements Pixels {
        @Override
        public long length() {
            return values.length;
        }

        @Override
        public void copy(long from, byte[] target, int targetOffset, int length) {
            System.arraycopy(values, Math.toIntExact(from), target, targetOffset, length);
        }
    }
}
