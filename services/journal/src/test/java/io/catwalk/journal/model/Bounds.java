package io.catwalk.journal.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * How much of the protocol is explored.
 *
 * @param steps of progress until the work is done
 * @param missed polls that find the same heartbeat before a lease counts as lost
 * @param maxLost lease holders lost in a row without progress before the job fails
 * @param cancel whether a client cancels the job, at any time
 * @param disturbances how many there may be, of all kinds together
 * @param kinds of disturbances
 */
record Bounds(int steps, int missed, int maxLost, boolean cancel, int disturbances, Set<Disturbance> kinds) {
    /** The standard: one step, a lease lost after two polls, of all disturbances so many. */
    static Bounds of(int disturbances) {
        return new Bounds(1, 2, 1, true, disturbances, EnumSet.allOf(Disturbance.class));
    }

    Bounds withSteps(int others) {
        return new Bounds(others, missed, maxLost, cancel, disturbances, kinds);
    }

    Bounds withMissed(int other) {
        return new Bounds(steps, other, maxLost, cancel, disturbances, kinds);
    }

    Bounds with(Set<Disturbance> others) {
        return new Bounds(steps, missed, maxLost, cancel, disturbances, others);
    }
}
