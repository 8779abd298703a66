package io.catwalk.evaluation.scoring;

/**
 * The metrics of one class, or an average over classes.
 *
 * @param precision the share of the images predicted as the class that are of it; 0 when there are none
 * @param recall the share of the class's images predicted as it; 0 when there are none
 * @param f1 the harmonic mean of precision and recall; 0 when both are
 * @param support images of the class
 */
public record ClassMetrics(double precision, double recall, double f1, int support) {
    static ClassMetrics of(ConfusionMatrix confusion, int label) {
        int correct = confusion.count(label, label);
        int predicted = confusion.predicted(label);
        int support = confusion.labelled(label);
        return new ClassMetrics(
                share(correct, predicted), share(correct, support), share(2.0 * correct, predicted + support), support);
    }

    private static double share(double part, int whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
