package io.catwalk.training.loop;

import static java.util.Objects.requireNonNull;

/**
 * A run's progress, with all that the open epoch's figures need: together with the session's state, where a resumed
 * run continues to the same bits.
 *
 * @param epoch the open one, from 1; one above the run's epochs at its end
 * @param batch batches done in the open epoch
 * @param lossSum of those batches' mean losses, in nats, added up in order
 * @param correct images that those batches got right
 * @param epochNanos wall time of those batches' steps
 * @param totalNanos wall time of all steps since the run's start
 * @param best of the epochs before the open one
 */
public record Position(
        int epoch, int batch, double lossSum, long correct, long epochNanos, long totalNanos, BestEpoch best) {
    public Position {
        requireNonNull(best, "best is missing");
        if (epoch < 1 || batch < 0 || correct < 0 || epochNanos < 0 || totalNanos < epochNanos) {
            throw new IllegalArgumentException(
                    "no position: epoch %d, batch %d, correct %d, epochNanos %d, totalNanos %d"
                            .formatted(epoch, batch, correct, epochNanos, totalNanos));
        }
    }

    /** Before the first step. */
    public static Position start() {
        return new Position(1, 0, 0, 0, 0, 0, BestEpoch.none());
    }

    Position afterBatch(double loss, int correctInBatch, long nanos) {
        return new Position(
                epoch,
                batch + 1,
                lossSum + loss,
                correct + correctInBatch,
                epochNanos + nanos,
                totalNanos + nanos,
                best);
    }

    /** @param best the ended epoch among them */
    Position nextEpoch(BestEpoch best) {
        return new Position(epoch + 1, 0, 0, 0, 0, totalNanos, best);
    }

    /** Mean loss of the open epoch's batches, in nats; NaN before the first. */
    double meanLoss() {
        return lossSum / batch;
    }
}
