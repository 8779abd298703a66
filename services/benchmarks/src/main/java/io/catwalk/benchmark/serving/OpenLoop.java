package io.catwalk.benchmark.serving;

import java.util.concurrent.locks.LockSupport;

/**
 * Fixed times at which a turn is due, whether the one before is over or not.
 *
 * @param begin on {@link System#nanoTime}'s clock
 * @param intervalNanos between two turns
 */
record OpenLoop(long begin, double intervalNanos) {
    /** Waits until a turn, counted from 0, is due. Returns that time. */
    long await(double turn) {
        long due = due(turn);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due;
    }

    /** When a turn, counted from 0, is due. */
    long due(double turn) {
        return begin + (long) (turn * intervalNanos);
    }
}
