package io.catwalk.network.layer;

/** Products of dimensions that must stay within one Java array. */
final class Dimensions {
    private Dimensions() {}

    /** @throws IllegalArgumentException for a product above 2^31 - 1; {@code what} begins its message */
    static int checkedProduct(String what, int... dimensions) {
        long product = 1;
        for (int dimension : dimensions) {
            product *= dimension;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(what + " can't hold more than 2147483647 values");
            }
        }
        return (int) product;
    }
}
