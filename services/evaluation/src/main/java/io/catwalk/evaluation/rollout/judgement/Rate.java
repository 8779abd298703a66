package io.catwalk.evaluation.rollout.judgement;

/**
 * How many of so many.
 *
 * @param count 0 to {@code of}
 */
public record Rate(long count, long of) {
    public static final Rate NONE = new Rate(0, 0);

    /** @throws IllegalArgumentException for a count below 0, or above what it is of */
    public Rate {
        if (count < 0 || count > of) {
            throw new IllegalArgumentException("count: " + count + ", must be 0 to " + of);
        }
    }

    public Rate plus(Rate other) {
        return new Rate(count + other.count, of + other.of);
    }

    /** 0 to 1; 0 of none. */
    public double value() {
        return of == 0 ? 0 : (double) count / of;
    }

    public boolean none() {
        return of == 0;
    }
}
