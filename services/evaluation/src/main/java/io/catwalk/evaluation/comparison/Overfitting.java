package io.catwalk.evaluation.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.Split;

/**
 * A run overfits: after the epoch of its lowest validation loss there are
 * {@value #EPOCHS} epochs in a row with a validation loss more than {@value #RISE_PERCENT} % above that lowest and a training
 * loss below that epoch's. Neither one bad epoch nor a validation loss that rises together with the training loss counts.
 *
 * @param best the epoch of the lowest validation loss; of equal ones the first
 * @param since the first of the epochs in a row
 */
public record Overfitting(CurvePoint best, int since) {
    public static final int RISE_PERCENT = 10;
    public static final int EPOCHS = 3;

    /** @param curve by epoch; empty without a training or validation curve */
    public static Optional<Overfitting> of(List<CurvePoint> curve) {
        List<CurvePoint> validation = curve.stream()
                .filter(point -> point.split() == Split.VALIDATION)
                .toList();
        Map<Integer, CurvePoint> train = curve.stream()
                .filter(point -> point.split() == Split.TRAIN)
                .collect(Collectors.toMap(CurvePoint::epoch, Function.identity()));
        return validation.stream()
                .min(Comparator.comparingDouble(CurvePoint::loss).thenComparingInt(CurvePoint::epoch))
                .filter(best -> train.containsKey(best.epoch()))
                .flatMap(best -> since(best, validation, train).map(epoch -> new Overfitting(best, epoch)));
    }

    private static Optional<Integer> since(
            CurvePoint best, List<CurvePoint> validation, Map<Integer, CurvePoint> train) {
        double limit = best.loss() * (100 + RISE_PERCENT) / 100;
        double trainedAtBest = train.get(best.epoch()).loss();
        int inARow = 0;
        for (CurvePoint point : validation) {
            CurvePoint trained = train.get(point.epoch());
            boolean apart = point.epoch() > best.epoch()
                    && point.loss() > limit
                    && trained != null
                    && trained.loss() < trainedAtBest;
            inARow = apart ? inARow + 1 : 0;
            if (inARow == EPOCHS) {
                return Optional.of(point.epoch() - EPOCHS + 1);
            }
        }
        return Optional.empty();
    }
}
