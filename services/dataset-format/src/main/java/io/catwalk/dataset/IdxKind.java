package io.catwalk.dataset;

/** What an IDX file of unsigned bytes holds. */
public enum IdxKind {
    /** Rank 3, {@code [count, height, width]}, or rank 4, {@code [count, height, width, channels]}. */
    IMAGES,
    /** Rank 1, {@code [count]}. */
    LABELS;

    boolean allows(int rank) {
        return switch (this) {
            case IMAGES -> rank == 3 || rank == 4;
            case LABELS -> rank == 1;
        };
    }

    String ranks() {
        return switch (this) {
            case IMAGES -> "3 (grey images) or 4 (images with channels)";
            case LABELS -> "1 (labels)";
        };
    }
}
